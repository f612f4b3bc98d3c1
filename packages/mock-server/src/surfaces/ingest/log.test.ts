import { RecordQueryDescriptor_Environment as Environment } from "@axlab/wire/flight";
import type { Table } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { Reply } from "../../testing/client.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";
import { delays, FIRST_AT, streamOf, upload } from "../../testing/uploads.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

async function post(
  record: unknown,
  who: "pipeline" | "reader" | "outsider" = "pipeline",
  path = "/v1/log",
): Promise<Reply> {
  const response = await fetch(`${listening.url}${path}`, {
    method: "POST",
    headers: {
      authorization: here.world.keys[who],
      "Grpc-Metadata-arize-space-id": here.world.spaces.main,
      "content-type": "application/json",
    },
    body: typeof record === "string" ? record : JSON.stringify(record),
  });
  return new Reply(response.status, response.headers, await response.text());
}

async function exported(modelId = "m", environment = Environment.PRODUCTION): Promise<Table> {
  const flight = new FlightClient(listening, here.world.keys.reader);
  try {
    return await flight.export({ spaceId: here.world.spaces.main, modelId, environment, includeActuals: true });
  } finally {
    flight.close();
  }
}

const rowsOf = (table: Table): unknown[] =>
  JSON.parse(
    JSON.stringify(table.toArray(), (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
  );
/** Labels of boxes come with the embedding of their image. */
const image = { image: { embedding: { vector: [1, 2] } } };
const at = "2026-11-01T00:00:00Z";

describe("POST /v1/log", () => {
  it.each(["/v1/log", "/log", "//v1/log"])(
    "takes a record at %s, which can be read when it is answered",
    async (path) => {
      const reply = await post(
        {
          model_id: "m",
          prediction_id: "a",
          prediction: { timestamp: at, model_version: "2", prediction_label: { numeric: 0.0 } },
          environment_params: { production: {} },
        },
        "pipeline",
        path,
      );
      expect([reply.status, reply.text]).toEqual([200, "{}"]);
      expect(rowsOf(await exported())).toEqual([
        { time: FIRST_AT, predictionID: "a", numericPredictionLabel: 0, modelVersion: "2" },
      ]);
    },
  );

  it("keeps every kind of feature, tag and importance, in either spelling", async () => {
    const features = {
      s: { string: "x" },
      i: { int: "9007199254740993" },
      d: { double: "NaN" },
      many: { multi_value: { values: ["u", "v"] } },
      e: { embedding: { vector: [0.5, 1], raw_data: { tokenArray: { tokens: ["words"] } }, link_to_data: "" } },
    };
    await post({
      model_id: "m",
      prediction_id: "a",
      prediction: {
        features,
        tags: { t: { double: 1.5 } },
        prediction_label: { score_categorical: { score_category: { category: "yes", score: 0.25 } } },
      },
    });
    await post({
      modelId: "m",
      predictionId: "a",
      actual: { actualLabel: { scoreCategorical: { category: { category: "no" } } }, tags: { t2: { string: "late" } } },
    });
    await post({ model_id: "m", prediction_id: "a", feature_importances: { feature_importances: { s: 0.125 } } });
    const table = await exported();
    expect(table.getChild("i")?.get(0)).toBe(9_007_199_254_740_993n);
    expect(table.getChild("d")?.get(0)).toBeNaN();
    expect(rowsOf(table)).toEqual([
      {
        time: expect.any(Number),
        predictionID: "a",
        s: "x",
        i: 9_007_199_254_740_992,
        d: null,
        many: ["u", "v"],
        e__embVector: [0.5, 1],
        e__rawData: "words",
        t__tag: 1.5,
        categoricalPredictionLabel: "yes",
        scorePredictionLabel: 0.25,
        categoricalActualLabel: "no",
        t2__tag: "late",
        s__shap: 0.125,
      },
    ]);
  });

  it.each<[string, unknown, unknown, object]>([
    [
      "ranking",
      { ranking: { prediction_group_id: "g", rank: "3", prediction_score: 0.0 } },
      { ranking: { category: { values: ["hit"] }, relevance_score: 1 } },
      {
        predictionGroupID: "g",
        "ranking:rank": 3,
        scorePredictionLabel: 0,
        "ranking:label": ["hit"],
        "ranking:relevance": 1,
      },
    ],
    [
      "multi class",
      {
        multi_class: {
          multi_label: { prediction_threshold_scores: { a: { prediction_score: 0.5, threshold_score: 0.4 } } },
        },
      },
      { multi_class: { actual_labels: ["a"] } },
      {
        multiClassPredictionScores: [{ class_name: "a", score: 0.5 }],
        multiClassThresholdScores: [{ class_name: "a", score: 0.4 }],
        multiClassActualScores: [{ class_name: "a", score: 1 }],
      },
    ],
    [
      "object detection",
      { object_detection: { bounding_boxes: [{ coordinates: [0, 1, 2, 3], category: "cat", score: 0.9 }] } },
      { object_detection: { bounding_boxes: [{ coordinates: [0, 1, 2, 4], category: "cat" }] } },
      {
        boxPredictionCoordinates: [[0, 1, 2, 3]],
        boxPredictionLabel: ["cat"],
        boxPredictionScores: [0.9],
        boxActualCoordinates: [[0, 1, 2, 4]],
        boxActualLabels: ["cat"],
      },
    ],
    [
      "instance segmentation, with the boxes of one side",
      {
        cv_label: {
          prediction_instance_segmentation_label: {
            polygons: [
              { coordinates: [0, 0, 4, 0, 4, 3], bbox_coordinates: [0, 0, 4, 3], category: "cat", score: 0.5 },
              { coordinates: [5, 5, 9, 5, 9, 8], category: "dog", score: 0 },
            ],
          },
        },
      },
      {
        cv_label: {
          actual_instance_segmentation_label: { polygons: [{ coordinates: [0, 0, 4, 0, 4, 3], category: "cat" }] },
        },
      },
      {
        instanceSegmentationPolygonPredictionCoordinates: [
          [0, 0, 4, 0, 4, 3],
          [5, 5, 9, 5, 9, 8],
        ],
        instanceSegmentationPolygonPredictionLabels: ["cat", "dog"],
        instanceSegmentationBoxPredictionCoordinates: [[0, 0, 4, 3], []],
        instanceSegmentationPolygonPredictionScores: [0.5, 0],
        instanceSegmentationPolygonActualCoordinates: [[0, 0, 4, 0, 4, 3]],
        instanceSegmentationPolygonActualLabels: ["cat"],
      },
    ],
    [
      "a score alone",
      { score_categorical: { score_value: {} } },
      { score_categorical: { category: {} } },
      { scorePredictionLabel: 0, categoricalActualLabel: "" },
    ],
  ])("keeps the labels of %s", async (_kind, prediction_label, actual_label, columns) => {
    const reply = await post({
      model_id: "m",
      prediction_id: "a",
      prediction: { timestamp: at, prediction_label, features: image },
      actual: { actual_label },
    });
    expect(reply.text).toBe("{}");
    expect(rowsOf(await exported())).toEqual([
      { time: FIRST_AT, predictionID: "a", image__embVector: [1, 2], ...columns },
    ]);
  });

  it("merges with batches of the same model", async () => {
    await upload(listening.url, here.world.keys.pipeline, here.world.spaces.main, streamOf(delays(3, { model: "m" })));
    await post({ model_id: "m", prediction_id: "f1", actual: { actual_label: { numeric: 77 } } });
    await post({
      model_id: "m",
      prediction_id: "new",
      prediction: { timestamp: at, prediction_label: { numeric: 5 } },
    });
    const table = await exported();
    expect(table.getChild("numericActualLabel")?.toJSON()).toEqual([0, 77, 1, null]);
    expect(table.getChild("predictionID")?.toJSON()).toEqual(["f0", "f1", "f2", "new"]);
  });

  it("goes to the environment it names, and to production when it names none", async () => {
    const prediction = { prediction_label: { numeric: 1 } };
    const actual = { actual_label: { numeric: 1 } };
    await post({ model_id: "m", prediction_id: "a", prediction, actual, environment_params: { training: {} } });
    await post({
      model_id: "m",
      prediction_id: "b",
      prediction,
      actual,
      environment_params: { validation: { batch_id: "7" } },
    });
    await post({ model_id: "m", prediction_id: "c", prediction });
    expect((await exported("m", Environment.TRAINING)).getChild("predictionID")?.toJSON()).toEqual(["a"]);
    expect((await exported("m", Environment.VALIDATION)).getChild("batchID")?.toJSON()).toEqual(["7"]);
    expect((await exported("m")).getChild("predictionID")?.toJSON()).toEqual(["c"]);
  });

  it("stores many at once, each exactly once and in few uploads", async () => {
    const replies = await Promise.all(
      Array.from({ length: 300 }, (_, row) =>
        post({
          model_id: "m",
          prediction_id: `r${row}`,
          prediction: {
            prediction_label: { numeric: row },
            features: row % 2 === 0 ? { even: { double: row } } : { odd: { string: "x" } },
          },
        }),
      ),
    );
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    const table = await exported();
    expect(table.numRows).toBe(300);
    expect(new Set(table.getChild("predictionID")?.toJSON()).size).toBe(300);
    const { uploads } = await here.platform.domain.core.store.db
      .selectFrom("record_uploads")
      .select((query) => query.fn.countAll<number>().as("uploads"))
      .where("account_id", "=", here.world.accountId)
      .executeTakeFirstOrThrow();
    expect(Number(uploads)).toBeLessThan(150);
  });

  it("keeps records whose features differ in their types, sent at once", async () => {
    const values = [{ string: "x" }, { double: 1.5 }, { int: "2" }, { multi_value: { values: ["a"] } }];
    const replies = await Promise.all(
      values.map((f, row) =>
        post({
          model_id: "m",
          prediction_id: `r${row}`,
          prediction: { prediction_label: { numeric: 1 }, features: { f } },
        }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const table = await exported();
    const byId = new Map(table.toArray().map((record) => [record?.["predictionID"], record?.["f"]]));
    expect(["r0", "r1", "r2", "r3"].map((id) => byId.get(id))).toEqual(["x", "1.5", "2", '["a"]']);
  });

  it.each<[string, unknown, "pipeline" | "reader" | "outsider", number, string]>([
    ["a body that is not JSON", "{nope", "pipeline", 400, "body is not JSON"],
    ["an unknown field", { model_id: "m", nonsense: 1 }, "pipeline", 400, "nonsense"],
    [
      "a value of a wrong type",
      { model_id: "m", prediction: { prediction_label: { numeric: "many" } } },
      "pipeline",
      400,
      "not a public.Record",
    ],
    ["no model", { prediction_id: "a", prediction: {} }, "pipeline", 400, "model_id: missing"],
    ["nothing in it", { model_id: "m", prediction_id: "a" }, "pipeline", 400, "The record is empty"],
    [
      "an actual of nobody",
      { model_id: "m", actual: { actual_label: { numeric: 1 } } },
      "pipeline",
      400,
      "prediction_id: missing",
    ],
    [
      "a reader's key",
      { model_id: "m", prediction: { prediction_label: { numeric: 1 } } },
      "reader",
      403,
      "ML_MODEL_CREATE",
    ],
    [
      "a key that does not see the space",
      { model_id: "m", prediction: { prediction_label: { numeric: 1 } } },
      "outsider",
      404,
      "No such space or project",
    ],
  ])("refuses %s and stores nothing", async (_what, record, who, status, text) => {
    const reply = await post(record, who);
    expect([reply.status, reply.detail]).toEqual([status, expect.stringContaining(text)]);
    expect(
      await here.platform.domain.core.store.db
        .selectFrom("projects")
        .select("id")
        .where("account_id", "=", here.world.accountId)
        .execute(),
    ).toEqual([]);
  });
});
