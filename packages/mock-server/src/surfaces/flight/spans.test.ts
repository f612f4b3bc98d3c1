import { float64Column, int64Column, listColumn, nullColumn, utf8Column } from "@axlab/wire/arrow";
import {
  encodeDoPutRequest,
  messageCodec,
  RecordQueryDescriptor_Environment as Environment,
  timestampFromMs,
  WriteSpanAnnotationResponseSchema,
  WriteSpanAttributesMetadataResponseSchema,
  WriteSpanEvaluationResponseSchema,
} from "@axlab/wire/flight";
import type { Table } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { described, FIRST_AT, spansDescription, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

type Columns = Parameters<typeof described>[0];
const table = (columns: Columns): Table => described(columns, spansDescription("p"));
const nanos = (second: number): bigint => BigInt(FIRST_AT + second * 1000) * 1_000_000n + 123n;

const spans = (count = 3): Columns => {
  const each = Array.from({ length: count }, (_, row) => row);
  return {
    name: utf8Column(each.map((row) => `step ${row}`)),
    "context.trace_id": utf8Column(each.map(() => "trace-000000000000")),
    "context.span_id": utf8Column(each.map((row) => `span-0000000${row}`)),
    parent_id: nullColumn(count),
    start_time: int64Column(each.map(nanos)),
    end_time: int64Column(each.map((row) => nanos(row + 1))),
    "attributes.metadata": utf8Column(each.map(() => '{"a": 1, "b": "{\\"c\\": 2}"}')),
    "attributes.custom.thing": float64Column(each),
  };
};

const log = async (columns: Columns, who: "pipeline" | "reader" = "pipeline") =>
  upload(listening.url, here.world.keys[who], here.world.spaces.main, streamOf(table(columns)));

async function withFlight<T>(
  who: "pipeline" | "reader" | "annotator" | "outsider",
  use: (client: FlightClient) => Promise<T>,
): Promise<T> {
  const client = new FlightClient(listening, here.world.keys[who]);
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

const exported = (query: Parameters<FlightClient["info"]>[0] = {}): Promise<Table> =>
  withFlight("reader", (client) =>
    client.export({ spaceId: here.world.spaces.main, modelId: "p", environment: Environment.TRACING, ...query }),
  );
const rowsOf = (found: Table, ...columns: string[]): unknown[] =>
  Array.from({ length: found.numRows }, (_, row) =>
    Object.fromEntries(
      columns.map((name) => [name, JSON.parse(JSON.stringify(found.getChild(name)?.get(row) ?? null))]),
    ),
  );
const target = () => ({ spaceId: here.world.spaces.main, externalModelId: "p" });

const evaluate = (columns: Columns, who: "pipeline" | "reader" | "outsider" = "pipeline") =>
  withFlight(who, async (client) =>
    messageCodec(WriteSpanEvaluationResponseSchema).decode(
      (await client.put(encodeDoPutRequest({ case: "writeSpanEvaluationRequest", value: target() }), table(columns))) ??
        new Uint8Array(),
    ),
  );

describe("spans", () => {
  it("come back with their own columns, nanoseconds whole, and a time in milliseconds", async () => {
    expect((await log(spans())).status).toBe(200);
    const found = await exported();
    expect(found.getChild("start_time")?.get(1)).toBe(nanos(1));
    expect(found.getChild("time")?.toJSON()).toEqual([FIRST_AT, FIRST_AT + 1000, FIRST_AT + 2000]);
    expect(rowsOf(found, "context.span_id", "name", "attributes.custom.thing")).toEqual(
      [0, 1, 2].map((row) => ({
        "context.span_id": `span-0000000${row}`,
        name: `step ${row}`,
        "attributes.custom.thing": row,
      })),
    );
    expect(
      (await exported({ startTime: timestampFromMs(FIRST_AT), endTime: timestampFromMs(FIRST_AT + 1000) })).numRows,
    ).toBe(2);
    expect((await exported({ filterExpression: "attributes.custom.thing = 2" })).numRows).toBe(1);
  });

  it("are joined by evaluations that come later or came before; those of no span are not shown", async () => {
    await log({
      "context.span_id": utf8Column(["span-00000001", "nobody-knows-it"]),
      "eval.q.label": utf8Column(["early", "lost"]),
      "eval.q.score": float64Column([0.5, 1]),
    });
    expect((await exported()).numRows).toBe(0);
    await log(spans());
    await log({ "context.span_id": utf8Column(["span-00000002"]), "eval.q.label": utf8Column(["late"]) });
    expect(rowsOf(await exported(), "context.span_id", "eval.q.label", "eval.q.score")).toEqual(
      [
        { "context.span_id": "span-00000000", "eval.q.label": null, "eval.q.score": null },
        { "context.span_id": "span-00000001", "eval.q.label": "early", "eval.q.score": 0.5 },
        { "context.span_id": "span-00000002", "eval.q.label": "late", "eval.q.score": null },
      ].sort((a, b) =>
        a["context.span_id"] === "span-00000001" ? -1 : b["context.span_id"] === "span-00000001" ? 1 : 0,
      ),
    );
  });

  it("without times, in a column of nothing but nulls, are there from when they came", async () => {
    const none = nullColumn(3);
    expect(await log({ ...spans(), start_time: none, end_time: none })).toMatchObject({ status: 200 });
    const found = await exported();
    expect(rowsOf(found, "start_time", "end_time")).toEqual(Array(3).fill({ start_time: null, end_time: null }));
    expect(found.getChild("time")?.nullCount).toBe(0);
  });

  it("need the permission of their project", async () => {
    expect((await log(spans(), "reader")).detail).toContain("PROJECT_SPAN_CREATE");
  });
});

describe("writes to spans over Flight", () => {
  it("evaluations say which ids no span has, and store the others", async () => {
    await log(spans());
    const reply = await evaluate({
      "context.span_id": utf8Column(["span-00000000", "nobody-knows-it", "span-00000002"]),
      "eval.q.label": utf8Column(["a", "b", "c"]),
      "eval.q.score": float64Column([1, 2, 3]),
      ignored: utf8Column(["x", "y", "z"]),
    });
    expect(reply).toMatchObject({ recordsUpdated: 2n, unmatchedIds: ["nobody-knows-it"] });
    const found = await exported();
    expect(rowsOf(found, "eval.q.label", "eval.q.score")).toEqual([
      { "eval.q.label": "a", "eval.q.score": 1 },
      { "eval.q.label": null, "eval.q.score": null },
      { "eval.q.label": "c", "eval.q.score": 3 },
    ]);
    expect(found.getChild("ignored")).toBeNull();
  });

  it("evaluations that name a span twice count as often as they were sent, and the last that says something stands", async () => {
    await log(spans());
    const reply = await evaluate({
      "context.span_id": utf8Column(["span-00000001", "span-00000001", "nobody-knows-it", "nobody-knows-it"]),
      "eval.q.label": utf8Column(["first", "second", "a", "b"]),
      "eval.q.score": float64Column([1, null, 2, 3]),
    });
    expect(reply).toMatchObject({ recordsUpdated: 2n, unmatchedIds: ["nobody-knows-it"] });
    expect(rowsOf(await exported(), "eval.q.label", "eval.q.score")[1]).toEqual({
      "eval.q.label": "second",
      "eval.q.score": 1,
    });
  });

  it("annotations may be written by annotators", async () => {
    await log(spans());
    const put = encodeDoPutRequest({ case: "writeSpanAnnotationRequest", value: target() });
    const rows = {
      "context.span_id": utf8Column(["span-00000001"]),
      "annotation.me.label": utf8Column(["fine"]),
      "annotation.me.updated_at": int64Column([5n]),
      "annotation.notes": listColumn([['{"text":"n"}']], "utf8"),
    };
    const reply = await withFlight("annotator", (client) => client.put(put, table(rows)));
    expect(messageCodec(WriteSpanAnnotationResponseSchema).decode(reply ?? new Uint8Array())).toMatchObject({
      recordsUpdated: 1n,
    });
    expect(rowsOf(await exported(), "annotation.me.label", "annotation.notes")[1]).toEqual({
      "annotation.me.label": "fine",
      "annotation.notes": ['{"text":"n"}'],
    });
    await expect(withFlight("reader", (client) => client.put(put, table(rows)))).rejects.toMatchObject({
      code: 7,
      details: expect.stringContaining("PROJECT_SPAN_ANNOTATE"),
    });
  });

  it("the times of annotations that Python 7.43 to 7.48 sends in nanoseconds are stored in milliseconds", async () => {
    await log(spans());
    const put = encodeDoPutRequest({ case: "writeSpanAnnotationRequest", value: target() });
    const rows = {
      "context.span_id": utf8Column(["span-00000000", "span-00000001", "span-00000002"]),
      "annotation.me.label": utf8Column(["fine", "good", null]),
      "annotation.me.updated_at": int64Column([1_700_000_000_123_456_789n, 1_700_000_000_456n, null]),
    };
    await withFlight("annotator", (client) => client.put(put, table(rows)));
    const times = (await exported()).getChild("annotation.me.updated_at");
    expect([0, 1, 2].map((row): unknown => times?.get(row))).toEqual([1_700_000_000_123n, 1_700_000_000_456n, null]);
  });

  it("metadata patches are laid over what is there, and each failure is told by its span", async () => {
    await log(spans());
    const put = encodeDoPutRequest({ case: "writeSpanAttributesMetadataRequest", value: target() });
    const rows = table({
      "context.span_id": utf8Column(["span-00000000", "span-00000000", "nobody-knows-it", "span-00000001"]),
      patch_document: utf8Column(['{"a": null, "b": {"d": 3}}', '{"e": [1]}', "{}", "[1]"]),
    });
    const reply = messageCodec(WriteSpanAttributesMetadataResponseSchema).decode(
      (await withFlight("pipeline", (client) => client.put(put, rows))) ?? new Uint8Array(),
    );
    expect(reply).toMatchObject({ spansProcessed: 4n, spansUpdated: 2n, spansFailed: 2n });
    expect(reply.errors.map(({ spanId, errorMessage }) => [spanId, errorMessage])).toEqual([
      ["nobody-knows-it", "no span of this project has this id"],
      ["span-00000001", "the patch is not a JSON object"],
    ]);
    const [first, second] = rowsOf(await exported(), "attributes.metadata") as { "attributes.metadata": string }[];
    expect(JSON.parse(first?.["attributes.metadata"] ?? "")).toEqual({ a: null, b: { c: 2, d: 3 }, e: [1] });
    expect(second?.["attributes.metadata"]).toBe('{"a": 1, "b": "{\\"c\\": 2}"}');
  });

  it("metadata patches of one span that come together all count", async () => {
    await log(spans());
    const put = encodeDoPutRequest({ case: "writeSpanAttributesMetadataRequest", value: target() });
    const keys = Array.from({ length: 8 }, (_, index) => `k${index}`);
    await withFlight("pipeline", (client) =>
      Promise.all(
        keys.map((key) =>
          client.put(
            put,
            table({
              "context.span_id": utf8Column(["span-00000000"]),
              patch_document: utf8Column([JSON.stringify({ [key]: 1 })]),
            }),
          ),
        ),
      ),
    );
    const [first] = rowsOf(await exported(), "attributes.metadata") as { "attributes.metadata": string }[];
    expect(JSON.parse(first?.["attributes.metadata"] ?? "")).toMatchObject(
      Object.fromEntries(keys.map((key) => [key, 1])),
    );
  });

  it("refuse what is wrong, and store nothing", async () => {
    await log(spans());
    const good = { "context.span_id": utf8Column(["span-00000000"]), "eval.q.label": utf8Column(["a"]) };
    await expect(evaluate(good, "reader")).rejects.toMatchObject({
      code: 7,
      details: expect.stringContaining("PROJECT_SPAN_UPDATE"),
    });
    await expect(evaluate(good, "outsider")).rejects.toMatchObject({ code: 5 });
    await expect(evaluate({ "eval.q.label": utf8Column(["a"]) })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("lacks context.span_id"),
    });
    await expect(
      evaluate({ "context.span_id": utf8Column(["span-00000000"]), other: utf8Column(["a"]) }),
    ).rejects.toMatchObject({ code: 3, details: expect.stringContaining("nothing to write") });
    await expect(
      evaluate({ "context.span_id": utf8Column(["span-00000000"]), "eval.q.score": utf8Column(["a"]) }),
    ).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('Column "eval.q.score" is of Arrow type Utf8'),
    });
    const uploads = await here.platform.domain.core.store.db
      .selectFrom("record_uploads")
      .select("id")
      .where("account_id", "=", here.world.accountId)
      .execute();
    expect(uploads).toHaveLength(1);
  });
});
