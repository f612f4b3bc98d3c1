import { afterAll, beforeAll, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { Reply } from "../../testing/client.js";
import { suite } from "../../testing/suite.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

async function post(record: object): Promise<Reply> {
  const response = await fetch(`${listening.url}/v1/log`, {
    method: "POST",
    headers: { authorization: here.world.keys.pipeline, "Grpc-Metadata-arize-space-id": here.world.spaces.main },
    body: JSON.stringify({ model_id: "m", prediction_id: "a", environment_params: { production: {} }, ...record }),
  });
  return new Reply(response.status, response.headers, await response.text());
}

const label = (prediction_label: object, more: object = {}) => ({ prediction: { prediction_label, ...more } });
const actual = (actual_label: object) => ({ actual: { actual_label } });
const numeric = { numeric: 1 };
const at = (years: number): string => new Date(Date.now() + years * 365 * 86_400_000).toISOString();
const embeddings = (count: number, vector: number[] = [1, 2]) =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`e${number}`, { embedding: { vector } }]));
const ranking = (more: object) => label({ ranking: { prediction_group_id: "g", rank: "1", ...more } });
const image = { features: embeddings(1) };
const vision = (prediction_label: object) => label(prediction_label, image);
const box = (more: object) => ({
  object_detection: { bounding_boxes: [{ coordinates: [0, 0, 1, 1], category: "c", score: 0.5, ...more }] },
});
const polygon = (...coordinates: number[]) =>
  vision({ cv_label: { semantic_segmentation_label: { polygons: [{ coordinates, category: "c" }] } } });
const instance = (more: object) =>
  vision({
    cv_label: {
      prediction_instance_segmentation_label: {
        polygons: [{ coordinates: [0, 0, 2, 0, 2, 2], category: "c", ...more }],
      },
    },
  });
const classes = (scores: Record<string, number>) =>
  label({ multi_class: { single_label: { prediction_scores: scores } } });
const threshold = (scores: object) =>
  label({ multi_class: { multi_label: { prediction_threshold_scores: { a: scores } } } });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, number) => [`c${number}`, 0.5]));
const before = (side: "training" | "validation", record: object, params: object = {}) => ({
  ...record,
  environment_params: { [side]: params },
});
const both = { ...label(numeric), ...actual(numeric) };

it.each<[what: string, bad: object, says: string, good: object]>([
  ["a long prediction id", { prediction_id: "é".repeat(513), ...label(numeric) }, "513", { prediction_id: "é".repeat(512), ...label(numeric) }],
  ["a time long ago", label(numeric, { timestamp: at(-5.01) }), "years back", label(numeric, { timestamp: at(-4.99) })],
  ["a time far ahead", label(numeric, { timestamp: at(1.01) }), "timestamp", label(numeric, { timestamp: at(0.99) })],
  ["a long tag", label(numeric, { tags: { t: { string: "x".repeat(20_001) } } }), '"t" has 20001', label(numeric, { tags: { t: { string: "x".repeat(20_000) } } })],
  ["a tag that is a list", label(numeric, { tags: { t: { multi_value: { values: ["a"] } } } }), '"t" is a list', label(numeric, { tags: { t: { int: "1" } } })],
  ["a tag with a reserved ending", label(numeric, { tags: { a_shap: { int: "1" } } }), "_shap", label(numeric, { tags: { shap: { int: "1" } } })],
  ["an embedding with a reserved ending", label(numeric, { features: { a_shap: { embedding: {} } } }), "_shap", label(numeric, { features: { shap: { embedding: {} } } })],
  ["an importance with a reserved ending", { feature_importances: { feature_importances: { a_shap: 1 } } }, "_shap", { feature_importances: { feature_importances: { a: 1 } } }],
  ["a parameter with a reserved ending", label(numeric, { llm_fields: { llm_params: { a_shap: { int: "1" } } } }), "_shap", label(numeric, { llm_fields: { llm_params: { a: { int: "1" } } } })],
  ["a late actual without an id", { prediction_id: "", ...actual(numeric) }, "prediction_id: missing", { prediction_id: "", actual: { tags: { t: { int: "1" } } } }],
  ["late importances without an id", { prediction_id: "", feature_importances: { feature_importances: { a: 1 } } }, "prediction_id: missing", { prediction_id: "", ...actual(numeric), is_generative_llm_record: true }],
  ["a reserved ending", label(numeric, { features: { a_shap: { int: "1" } } }), "_shap", label(numeric, { features: { shap: { int: "1" } } })],
  ["too many embeddings without vectors", label(numeric, { features: embeddings(31, []) }), "31 embeddings", label(numeric, { features: embeddings(30, []) })],
  ["too many embeddings beside prompt and response", { ...label(numeric, { features: { ...embeddings(31), prompt: { embedding: {} } } }), is_generative_llm_record: true }, "31 embeddings", { ...label(numeric, { features: { ...embeddings(30), prompt: { embedding: {} }, response: { embedding: {} } } }), is_generative_llm_record: true }],
  ["too many embeddings", label(numeric, { features: embeddings(31) }), "31 embeddings", label(numeric, { features: embeddings(30) })],
  ["a vector of one number", label(numeric, { features: embeddings(1, [1]) }), "a vector of 1", label(numeric, { features: embeddings(1, []) })],
  ["a vector of one number, of 20 001 none", label(numeric, { features: embeddings(1, [1]) }), "a vector of 1", label(numeric, { features: embeddings(1, new Array<number>(20_001).fill(1)) })],
  ["long tokens", label(numeric, { features: { e: { embedding: { vector: [], raw_data: { tokenArray: { tokens: ["x".repeat(2_000_000), "x"] } } } } } }), "2000001", label(numeric, { features: { e: { embedding: { vector: [], raw_data: { tokenArray: { tokens: ["x".repeat(1_000_000), "x".repeat(1_000_000)] } } } } } })],
  ["long raw data", label(numeric, { features: { e: { embedding: { vector: [1, 2], raw_data: { tokenArray: { tokens: ["x".repeat(2_000_001)] } } } } } }), "2000001", label(numeric, { features: { e: { embedding: { vector: [1, 2], raw_data: { tokenArray: { tokens: ["x".repeat(2_000_000)] } } } } } })],
  ["a long group id", ranking({ prediction_group_id: "g".repeat(37) }), "37 characters", ranking({ prediction_group_id: "g".repeat(36) })],
  ["an empty group id", ranking({ prediction_group_id: "" }), "0 characters", ranking({ prediction_group_id: "g" })],
  ["a rank of 101", ranking({ rank: "101" }), "the rank 101", ranking({ rank: "1" })],
  ["a rank of 0", ranking({ rank: "0" }), "the rank 0", ranking({ rank: "100" })],
  ["an empty relevance label", actual({ ranking: { category: { values: ["a", ""] } } }), "empty label", actual({ ranking: { category: { values: ["a"] } } })],
  ["a box without area", vision(box({ coordinates: [1, 0, 1, 1] })), "box", vision(box({}))],
  ["a box of 5 numbers", vision(box({ coordinates: [0, 0, 1, 1, 1] })), "a box of 5", vision(box({}))],
  ["a box with a negative number", vision(box({ coordinates: [-1, 0, 1, 1] })), "negative", vision(box({ coordinates: [0, 0, 0.1, 0.1] }))],
  ["a predicted box without a score", vision(box({ score: null })), '"boxPredictionScores" is missing', vision(box({ score: 0 }))],
  ["a box without an embedding", label(box({})), "0 embeddings", vision(box({}))],
  ["a box with two embeddings", label(box({}), { features: embeddings(2) }), "2 embeddings", vision(box({}))],
  ["a box without score beside one with", vision({ object_detection: { bounding_boxes: [{ coordinates: [0, 0, 1, 1], category: "c", score: 0.5 }, { coordinates: [0, 0, 1, 1], category: "c" }] } }), "from 0 to 1", vision(box({ score: 1 }))],
  ["a box's score above 1", vision(box({ score: 1.01 })), "from 0 to 1", vision(box({ score: 1 }))],
  ["an instance's score above 1", instance({ score: 1.01 }), "from 0 to 1", instance({ score: 1 })],
  ["an instance's box without area", instance({ bbox_coordinates: [0, 0, 0, 1] }), "box", instance({})],
  ["an actual box with a score", actual(box({})), "no confidence", actual(box({ score: null }))],
  ["no box at all", vision({ object_detection: {} }), "no box", vision(box({}))],
  ["a polygon of two vertices", polygon(0, 0, 1, 1), "4 numbers", polygon(0, 0, 1, 1, 1, 0)],
  ["a polygon with a vertex twice", polygon(0, 0, 1, 0, 1, 1, 0, 0), "one vertex twice", polygon(0, 0, 1, 0, 1, 1)],
  ["a polygon that crosses itself", polygon(0, 0, 2, 2, 2, 0, 0, 2), "edges cross", polygon(0, 0, 2, 0, 2, 2, 0, 2)],
  ["too many classes", classes(many(501)), "501 classes", classes(many(500))],
  ["a class with a long name", classes({ ["x".repeat(101)]: 0.5 }), "101", classes({ ["x".repeat(100)]: 0.5 })],
  ["a class's score above 1", classes({ a: 1.5 }), "the score 1.5", classes({ a: 1 })],
  ["a class's score below 0", classes({ a: -0.1 }), "the score -0.1", classes({ a: 0 })],
  ["no class", classes({}), "0 classes", actual({ multi_class: {} })],
  ["a class without a name", classes({ "": 1 }), "a name of 0", actual({ multi_class: { actual_labels: ["a"] } })],
  ["an actual class with a long name", actual({ multi_class: { actual_labels: ["x".repeat(101)] } }), "101", actual({ multi_class: { actual_labels: ["x".repeat(100)] } })],
  ["a threshold above 1", threshold({ prediction_score: 1, threshold_score: 2 }), "the score 2", threshold({ prediction_score: 0, threshold_score: 1 })],
  ["a class without a threshold", threshold({ prediction_score: 1 }), "the score NaN", threshold({ prediction_score: 1, threshold_score: 0 })],
  ["training without an actual", before("training", label(numeric)), '"actual" is missing', before("training", both)],
  ["training without a prediction", before("training", actual(numeric)), '"prediction" is missing', before("training", both)],
  ["validation with a blank batch", before("validation", both, { batch_id: " " }), "batch_id", before("validation", both, { batch_id: "b" })],
  ["validation without a batch", before("validation", both), "batch_id", before("validation", both, { batch_id: "b" })],
])("POST /v1/log refuses %s (§8.5)", async (_what, bad, says, good) => {
  const reply = await post(bad);
  expect([reply.status, reply.detail]).toEqual([400, expect.stringContaining(says)]);
  const uploads = await here.platform.domain.core.store.db
    .selectFrom("record_uploads")
    .select("id")
    .where("account_id", "=", here.world.accountId)
    .execute();
  expect(uploads).toEqual([]);
  expect((await post(good)).text).toBe("{}");
}); // prettier-ignore
