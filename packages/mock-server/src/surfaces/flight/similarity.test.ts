import { listColumn, timestampColumn, utf8Column } from "@axlab/wire/arrow";
import { RecordQueryDescriptor_Environment as Environment, timestampFromMs, type Timestamp } from "@axlab/wire/flight";
import { WireEnvironment, WireModelType } from "@axlab/wire/ingest";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { described, FIRST_AT, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

interface Query {
  environment?: Environment;
  filterExpression?: string;
  projectedColumns?: string[];
  startTime?: Timestamp;
  endTime?: Timestamp;
}
interface Search {
  searchColumnName: string;
  references: {
    predictionId?: string;
    referenceColumnName?: string;
    predictionTimestamp?: Timestamp;
    vector?: number[];
  }[];
  threshold?: number;
}

async function logVectors(
  vectors: Readonly<Record<string, readonly number[] | null>>,
  precision: "float64" | "float32" = "float64",
): Promise<void> {
  const ids = Object.keys(vectors);
  const table = described(
    {
      id: utf8Column(ids),
      v:
        precision === "float32"
          ? listColumn(Object.values(vectors), "float32")
          : listColumn(Object.values(vectors), "float64"),
      at: timestampColumn(ids.map(() => new Date(FIRST_AT))),
      carrier: utf8Column(ids.map((id) => id.slice(0, 1))),
    },
    {
      constants: { modelId: "m", environment: WireEnvironment.PRODUCTION, modelType: WireModelType.NUMERIC },
      schema: {
        case: "arrowSchema",
        value: {
          predictionIdColumnName: "id",
          timestampColumnName: "at",
          featureColumnNames: ["carrier"],
          embeddingFeatureColumnNamesMap: { text: { vectorColumnName: "v" } },
        },
      },
    },
  );
  const reply = await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(table));
  expect(reply.text).toContain("realTimeIngestionUri");
}

async function similar(search: Search, query: Query = {}): Promise<unknown[]> {
  const flight = new FlightClient(listening, here.world.keys.reader);
  try {
    const table = await flight.export({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
      similaritySearchParams: search,
      ...query,
    });
    return table.getChild("predictionID")?.toJSON().sort() ?? [];
  } finally {
    flight.close();
  }
}

const to = (...ids: string[]): Search => ({
  searchColumnName: "text",
  references: ids.map((predictionId) => ({ predictionId, referenceColumnName: "text" })),
});

describe("an export of similar records", () => {
  beforeEach(() => logVectors({ a0: [1, 0], a1: [3, 3], b0: [0, 2], b1: [-1, 0], c0: null }));

  it.each<[string, Search, string[]]>([
    ["no threshold, which is 0: nothing that points away", to("a0"), ["a0", "a1", "b0"]],
    ["a threshold between", { ...to("a0"), threshold: 0.7 }, ["a0", "a1"]],
    ["a threshold just above a cosine", { ...to("a0"), threshold: 0.7072 }, ["a0"]],
    ["1: itself, however it rounds", { ...to("a1"), threshold: 1 }, ["a1"]],
    ["-1: everything that has a vector", { ...to("a0"), threshold: -1 }, ["a0", "a1", "b0", "b1"]],
    ["several references, of which one is enough", { ...to("a0", "b1"), threshold: 0.9 }, ["a0", "b1"]],
    [
      "the columns by their exported names",
      {
        searchColumnName: "text__embVector",
        references: [{ predictionId: "b0", referenceColumnName: "text__embVector" }],
        threshold: 0.9,
      },
      ["b0"],
    ],
    ["a vector of its own", { searchColumnName: "text", references: [{ vector: [-2, 0.1] }], threshold: 0.9 }, ["b1"]],
    [
      "the time of the reference",
      {
        searchColumnName: "text",
        references: [
          { predictionId: "b1", referenceColumnName: "text", predictionTimestamp: timestampFromMs(FIRST_AT) },
        ],
        threshold: 0.9,
      },
      ["b1"],
    ],
  ])("takes %s", async (_what, search, ids) => {
    expect(await similar(search)).toEqual(ids);
  });

  it("goes with a filter and a projection, and counts what it gives", async () => {
    expect(await similar(to("a0"), { filterExpression: "carrier = 'a'", projectedColumns: ["predictionID"] })).toEqual([
      "a0",
      "a1",
    ]);
    const flight = new FlightClient(listening, here.world.keys.reader);
    const query = { spaceId: here.world.spaces.main, modelId: "m", environment: Environment.PRODUCTION };
    expect((await flight.info({ ...query, similaritySearchParams: to("a0") })).totalRecords).toBe(3n);
    flight.close();
  });

  it("finds a reference outside the window that is asked for", async () => {
    expect(
      await similar(to("a0"), { startTime: timestampFromMs(FIRST_AT + 1), endTime: timestampFromMs(FIRST_AT + 2) }),
    ).toEqual([]);
  });

  it("compares the newest vector of a record, and none of another length", async () => {
    await logVectors({ b1: [5, 0.1], d0: [1, 0, 0] }, "float32");
    expect(await similar({ ...to("a0"), threshold: 0.9 })).toEqual(["a0", "b1"]);
  });

  it("gives what was counted, though the reference changed in between", async () => {
    const flight = new FlightClient(listening, here.world.keys.reader);
    const info = await flight.info({
      spaceId: here.world.spaces.main,
      modelId: "m",
      environment: Environment.PRODUCTION,
      similaritySearchParams: to("a0"),
    });
    await logVectors({ a0: [-1, 0] });
    expect((await flight.get(info.endpoint[0]?.ticket?.ticket ?? new Uint8Array())).numRows).toBe(3);
    flight.close();
  });

  it.each<[string, Search, Query, string]>([
    ["spans", to("a0"), { environment: Environment.TRACING }, "spans have no column of vectors"],
    ["no column", { ...to("a0"), searchColumnName: "" }, {}, "searchColumnName: missing"],
    ["no reference", to(), {}, "references: 0 are given; send 1 to 10"],
    ["eleven references", to(..."aaaaaaaaaaa"), {}, "references: 11 are given; send 1 to 10"],
    [
      "a threshold above 1",
      { ...to("a0"), threshold: 1.5 },
      {},
      "threshold: 1.5 is no cosine; send a number from -1 to 1",
    ],
    [
      "a reference without an id",
      { searchColumnName: "text", references: [{ referenceColumnName: "text" }] },
      {},
      "references[0].predictionId: missing",
    ],
    [
      "a reference without a column",
      { searchColumnName: "text", references: [{ predictionId: "a0" }] },
      {},
      "references[0].referenceColumnName: missing",
    ],
    [
      "a column that there is not",
      { ...to("a0"), searchColumnName: "image" },
      {},
      'no embedding "image" in this range; there are: text__embVector',
    ],
    [
      "a reference of nobody",
      to("a0", "zz"),
      {},
      'references[1].predictionId: there is no record "zz" among those of PRODUCTION',
    ],
    [
      "a reference without a vector",
      to("c0"),
      {},
      'references[0].referenceColumnName: the record "c0" has no vector "text"',
    ],
    [
      "a reference of another time",
      {
        searchColumnName: "text",
        references: [
          { predictionId: "a0", referenceColumnName: "text", predictionTimestamp: timestampFromMs(FIRST_AT + 1000) },
        ],
      },
      {},
      `the record "a0" is of ${new Date(FIRST_AT).toISOString()}`,
    ],
    [
      "a reference without a direction",
      { searchColumnName: "text", references: [{ vector: [0, 0] }] },
      {},
      "references[0]: its vector has no direction",
    ],
  ])("refuses %s", async (_what, search, query, text) => {
    await expect(similar(search, query)).rejects.toMatchObject({ code: 3, details: expect.stringContaining(text) });
  });
});

describe("any vectors", () => {
  it("are found exactly when their cosine with the nearest reference reaches the threshold", async () => {
    const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    const angle = (a: readonly number[], b: readonly number[]): number => {
      const [x, y] = [a, b].map((one) => one.map((n) => n / Math.hypot(...one)));
      return (x ?? []).reduce((sum, n, index) => sum + n * (y?.[index] ?? 0), 0);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(vector, { minLength: 1, maxLength: 12 }),
        fc.array(
          vector.filter((one) => Math.hypot(...one) > 0),
          { minLength: 1, maxLength: 3 },
        ),
        fc.double({ min: -1, max: 1, noNaN: true }),
        async (vectors, references, threshold) => {
          const named = Object.fromEntries(vectors.map((one, index) => [`r${String(index).padStart(2, "0")}`, one]));
          await logVectors({ ...named });
          const cosines = Object.entries(named).map(([id, one]) => ({
            id,
            most: Math.max(...references.map((other) => angle(one, other))),
          }));
          // On the line itself rounding decides.
          fc.pre(cosines.every(({ most }) => !(Math.abs(most - threshold) < 1e-6)));
          const found = await similar({
            searchColumnName: "text",
            references: references.map((one) => ({ vector: one })),
            threshold,
          });
          expect(found.filter((id) => Object.hasOwn(named, String(id)))).toEqual(
            cosines.filter(({ most }) => most >= threshold).map(({ id }) => id),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});
