import {
  boolColumn,
  float64Column,
  int64Column,
  listColumn,
  nullColumn,
  structColumn,
  tableFromColumns,
  utf8Column,
} from "@axlab/wire/arrow";
import {
  CreateDatasetResponseSchema,
  CreateExperimentDBEntryResponseSchema,
  DatasetType,
  DeleteDatasetResponseSchema,
  DeleteExperimentResponseSchema,
  encodeDoActionRequest,
  encodeDoGetRequest,
  encodeDoPutRequest,
  GetDatasetVersionsResponseSchema,
  ListDatasetsResponseSchema,
  messageCodec,
  PostExperimentDataResponseSchema,
  UpdateDatasetResponseSchema,
} from "@axlab/wire/flight";
import type { Table } from "apache-arrow";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";

const here = suite();
let listening: Listening;
let flight: FlightClient;
let v7: FlightClient;
let reader: FlightClient;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());
beforeEach(() => {
  const { keys } = here.world;
  flight = new FlightClient(listening, keys.pipeline, { "sdk-language": "python", "sdk-version": "8.42.0" });
  v7 = new FlightClient(listening, keys.pipeline, { "sdk-language": "python", "sdk-version": "7.52.0" });
  reader = new FlightClient(listening, keys.reader);
});
afterEach(() => [flight, v7, reader].forEach((client) => client.close()));

type Columns = Parameters<typeof tableFromColumns>[0];
const examples = (): Columns => ({
  id: utf8Column(["e1", "e2"]),
  created_at: int64Column([1000n, 2000n]),
  updated_at: int64Column([1000n, 2000n]),
  q: utf8Column(["what", null]),
  n: int64Column([1n, 2n]),
  x: float64Column([1, 2]),
  ok: boolColumn([true, null]),
  tags: listColumn([["u", "v"], null], "utf8"),
  nested: structColumn({ a: int64Column([1n, 2n]), b: utf8Column(["p", "q"]) }),
  empty: nullColumn(2),
});

async function create(name = "d", columns = examples()): Promise<string> {
  const reply = await flight.put(
    encodeDoPutRequest({
      case: "createDataset",
      value: { spaceId: here.world.spaces.main, datasetName: name, datasetType: DatasetType.GENERATIVE },
    }),
    tableFromColumns(columns),
  );
  return messageCodec(CreateDatasetResponseSchema).decode(reply ?? new Uint8Array()).datasetId;
}

const get = (datasetId: string, datasetVersion = "", client = reader): Promise<Table> =>
  client.get(
    encodeDoGetRequest({
      case: "getDataset",
      value: {
        spaceId: here.world.spaces.main,
        datasetIdentifier: { case: "datasetId", value: datasetId },
        datasetVersion,
      },
    }),
  );

const rowsOf = (table: Table): unknown[] =>
  JSON.parse(
    JSON.stringify(table.toArray(), (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
  );
const byName = { case: "datasetName" as const, value: "d" };

describe("datasets over Flight", () => {
  it("give back what was put, with the types that it had", async () => {
    const id = await create();
    const table = await get(id);
    expect(Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]))).toEqual({
      id: "Utf8",
      created_at: "Int64",
      updated_at: "Int64",
      q: "Utf8",
      n: "Int64",
      x: "Float64",
      ok: "Bool",
      tags: "List<Utf8>",
      nested: "Struct<{a:Int64, b:Utf8}>",
      empty: "Utf8",
    });
    expect(rowsOf(table)).toEqual([
      {
        id: "e1",
        created_at: 1000,
        updated_at: 1000,
        q: "what",
        n: 1,
        x: 1,
        ok: true,
        tags: ["u", "v"],
        nested: { a: 1, b: "p" },
        empty: null,
      },
      {
        id: "e2",
        created_at: 2000,
        updated_at: 2000,
        q: null,
        n: 2,
        x: 2,
        ok: null,
        tags: null,
        nested: { a: 2, b: "q" },
        empty: null,
      },
    ]);
  });

  it("are the datasets of REST, both ways", async () => {
    const id = await create();
    const dataset = JSON.parse((await here.world.as("reader").get(`/v2/datasets/${id}`)).text);
    expect(dataset).toMatchObject({ id, name: "d", space_id: here.world.spaces.main });
    const made = JSON.parse(
      (
        await here.world.as("member").post("/v2/datasets", {
          name: "rest",
          space_id: here.world.spaces.main,
          examples: [
            { q: "a", n: 1, deep: { x: 1 } },
            { q: "b", n: 1.5 },
          ],
        })
      ).text,
    );
    expect(rowsOf(await get(made.id))).toMatchObject([
      { q: "a", n: 1, deep: '{"x":1}' },
      { q: "b", n: 1.5, deep: null },
    ]);
  });

  it("are cut into small messages, thousands of rows and all", async () => {
    const count = 5000;
    const id = await create("big", { text: utf8Column(Array.from({ length: count }, (_, row) => `row ${row}`)) });
    const table = await get(id);
    expect(table.getChild("text")?.toJSON()).toEqual(Array.from({ length: count }, (_, row) => `row ${row}`));
  });

  it("get a new version by an update, and keep the old one", async () => {
    const id = await create();
    const update = encodeDoPutRequest({
      case: "updateDataset",
      value: { spaceId: here.world.spaces.main, datasetIdentifier: byName },
    });
    const reply = await flight.put(update, tableFromColumns({ id: utf8Column(["e9"]), q: utf8Column(["new"]) }));
    expect(messageCodec(UpdateDatasetResponseSchema).decode(reply ?? new Uint8Array()).datasetId).toBe(id);
    expect(rowsOf(await get(id))).toMatchObject([{ id: "e9", q: "new" }]);
    expect((await get(id, "v1")).numRows).toBe(2);
    const [body] = await reader.act(
      "get_dataset_version",
      encodeDoActionRequest({
        case: "getDatasetVersions",
        value: { spaceId: here.world.spaces.main, datasetIdentifier: byName },
      }),
    );
    expect(
      messageCodec(GetDatasetVersionsResponseSchema)
        .decode(body ?? new Uint8Array())
        .versions.map(({ versionName }) => versionName),
    ).toEqual(["v2", "v1"]);
  });

  it("are listed and deleted by actions", async () => {
    const id = await create();
    const list = async () => {
      const [body] = await reader.act(
        "list_datasets",
        encodeDoActionRequest({ case: "listDatasets", value: { spaceId: here.world.spaces.main } }),
      );
      return messageCodec(ListDatasetsResponseSchema)
        .decode(body ?? new Uint8Array())
        .datasets.map(({ datasetId, datasetName, datasetType }) => ({ datasetId, datasetName, datasetType }));
    };
    expect(await list()).toEqual([{ datasetId: id, datasetName: "d", datasetType: DatasetType.GENERATIVE }]);
    const [body] = await flight.act(
      "delete_dataset",
      encodeDoActionRequest({
        case: "deleteDataset",
        value: { spaceId: here.world.spaces.main, datasetIdentifier: { case: "datasetId", value: id } },
      }),
    );
    expect(messageCodec(DeleteDatasetResponseSchema).decode(body ?? new Uint8Array()).success).toBe(true);
    expect(await list()).toEqual([]);
  });

  it("refuse what is wrong, each with its status, and change nothing", async () => {
    const id = await create();
    await expect(create()).rejects.toMatchObject({
      code: 6,
      details: expect.stringContaining('a dataset named "d" is already there'),
    });
    await expect(create("  ")).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("datasetName: must not be blank"),
    });
    await expect(create("twice", { id: utf8Column(["a", "a"]) })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining('"a" comes more than once, in rows 0 and 1'),
    });
    await expect(create("none", { id: utf8Column([]) })).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("at least one example"),
    });
    await expect(get(id, "v7")).rejects.toMatchObject({ code: 5, details: expect.stringContaining('no version "v7"') });
    await expect(get("RGF0YXNldDo5OTk6YUJjRA==")).rejects.toMatchObject({ code: 5 });
    await expect(
      reader.put(
        encodeDoPutRequest({
          case: "updateDataset",
          value: { spaceId: here.world.spaces.main, datasetIdentifier: byName },
        }),
        tableFromColumns(examples()),
      ),
    ).rejects.toMatchObject({ code: 7, details: expect.stringContaining("DATASET_UPDATE") });
    await expect(
      reader.act(
        "delete_dataset",
        encodeDoActionRequest({
          case: "deleteDataset",
          value: { spaceId: here.world.spaces.main, datasetIdentifier: byName },
        }),
      ),
    ).rejects.toMatchObject({ code: 7 });
    await expect(flight.act("list_datasets", new TextEncoder().encode("{nope"))).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("not JSON"),
    });
    await expect(
      flight.act("drop_everything", encodeDoActionRequest({ case: "listDatasets", value: {} })),
    ).rejects.toMatchObject({ code: 3, details: expect.stringContaining("drop_everything") });
    await expect(flight.put(new TextEncoder().encode("{}"), tableFromColumns(examples()))).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("names no request"),
    });
    await expect(
      flight.unary("/arrow.flight.protocol.FlightService/GetSchema", new Uint8Array()),
    ).rejects.toMatchObject({ code: 12 });
    expect((await get(id)).numRows).toBe(2);
  });
});

describe("experiments over Flight", () => {
  const entry = async (experimentName: string, client = flight) => {
    const [body] = await client.act(
      "create_experiment_db_entry",
      encodeDoActionRequest({
        case: "createExperimentDbEntry",
        value: { spaceId: here.world.spaces.main, datasetIdentifier: byName, experimentName },
      }),
    );
    return messageCodec(CreateExperimentDBEntryResponseSchema).decode(body ?? new Uint8Array());
  };
  const post = async (datasetId: string, experimentName: string, columns: Columns, client = flight) => {
    const reply = await client.put(
      encodeDoPutRequest({
        case: "postExperimentData",
        value: { spaceId: here.world.spaces.main, datasetId, experimentName },
      }),
      tableFromColumns(columns),
    );
    return messageCodec(PostExperimentDataResponseSchema).decode(reply ?? new Uint8Array());
  };
  const runs = (experimentId: string, client = flight): Promise<Table> =>
    client.get(encodeDoGetRequest({ case: "getExperiment", value: { spaceId: here.world.spaces.main, experimentId } }));

  it("take the output under either name and give each reader the one it knows", async () => {
    const datasetId = await create();
    const { experimentId, traceModelName, datasetId: echoed } = await entry("e");
    expect([echoed, traceModelName]).toEqual([datasetId, expect.stringContaining(datasetId)]);
    const posted = await post(
      datasetId,
      "e",
      {
        id: utf8Column(["EXP_ID_1", "EXP_ID_2"]),
        example_id: utf8Column(["e1", "e2"]),
        result: utf8Column(["out", null]),
        "eval.q.score": float64Column([1, null]),
        "eval.q.label": utf8Column(["good", null]),
      },
      v7,
    );
    expect(posted).toMatchObject({ experimentId, datasetId });
    expect(rowsOf(await runs(experimentId))).toEqual([
      { id: "EXP_ID_1", example_id: "e1", output: "out", error: null, "eval.q.score": 1, "eval.q.label": "good" },
      { id: "EXP_ID_2", example_id: "e2", output: null, error: null, "eval.q.score": null, "eval.q.label": null },
    ]);
    expect(String((await runs(experimentId)).getChild("eval.q.score")?.type)).toBe("Float64");
    expect((await runs(experimentId, v7)).schema.fields.map(({ name }) => name)).toEqual([
      "id",
      "example_id",
      "result",
      "eval.q.score",
      "eval.q.label",
    ]);
  });

  it("give ids to runs that have none, and are the experiments of REST", async () => {
    const datasetId = await create();
    const { experimentId } = await entry("e");
    await post(datasetId, "e", { example_id: utf8Column(["e1"]), output: utf8Column(["o"]), error: nullColumn(1) });
    const [run] = rowsOf(await runs(experimentId));
    expect(run).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), example_id: "e1", output: "o", error: null });
    const listed = JSON.parse((await here.world.as("reader").get(`/v2/experiments/${experimentId}/runs`)).text);
    expect(listed.experiment_runs).toMatchObject([{ example_id: "e1", output: "o" }]);
  });

  it("are deleted by id or by names", async () => {
    await create();
    const first = await entry("one");
    await entry("two");
    const remove = async (identifier: Parameters<typeof encodeDoActionRequest>[0]) => {
      const [body] = await flight.act("delete_experiment", encodeDoActionRequest(identifier));
      return messageCodec(DeleteExperimentResponseSchema).decode(body ?? new Uint8Array()).experimentId;
    };
    const spaceId = here.world.spaces.main;
    expect(
      await remove({
        case: "deleteExperiment",
        value: { spaceId, experimentIdentifier: { case: "experimentId", value: first.experimentId } },
      }),
    ).toBe(first.experimentId);
    await remove({
      case: "deleteExperiment",
      value: {
        spaceId,
        experimentIdentifier: { case: "experimentNameIdentifier", value: { experimentName: "two", datasetName: "d" } },
      },
    });
    expect(
      JSON.parse((await here.world.as("reader").get(`/v2/experiments?space_id=${spaceId}`)).text).experiments,
    ).toEqual([]);
  });

  it("refuse what is wrong", async () => {
    const datasetId = await create();
    await entry("e");
    await expect(entry("e")).rejects.toMatchObject({ code: 6 });
    await expect(entry("x", reader)).rejects.toMatchObject({
      code: 7,
      details: expect.stringContaining("EXPERIMENT_CREATE"),
    });
    await expect(post(datasetId, "unknown", { example_id: utf8Column(["e1"]) })).rejects.toMatchObject({
      code: 5,
      details: expect.stringContaining("create_experiment_db_entry"),
    });
    await expect(
      post(datasetId, "e", { example_id: utf8Column(["nobody"]), output: utf8Column(["o"]) }),
    ).rejects.toMatchObject({ code: 3, details: expect.stringContaining('"nobody"') });
    const nameless = encodeDoActionRequest({
      case: "createExperimentDbEntry",
      value: {
        spaceId: here.world.spaces.main,
        datasetIdentifier: { case: "datasetName", value: "" },
        experimentName: "z",
      },
    });
    await expect(flight.act("create_experiment_db_entry", nameless)).rejects.toMatchObject({
      code: 3,
      details: expect.stringContaining("give it dataset_name"),
    });
  });
});
