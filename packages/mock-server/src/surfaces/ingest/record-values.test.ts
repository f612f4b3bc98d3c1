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
const box = (more: object) => ({
  object_detection: { bounding_boxes: [{ coordinates: [0, 0, 1, 1], category: "c", score: 0.5, ...more }] },
});
const polygon = (...coordinates: number[]) =>
  label({ cv_label: { semantic_segmentation_label: { polygons: [{ coordinates, category: "c" }] } } });
const classes = (scores: Record<string, number>) =>
  label({ multi_class: { single_label: { prediction_scores: scores } } });
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
  ["a reserved ending", label(numeric, { features: { a_shap: { int: "1" } } }), "_shap", label(numeric, { features: { shap: { int: "1" } } })],
  ["too many embeddings", label(numeric, { features: embeddings(31) }), "31 embeddings", label(numeric, { features: embeddings(30) })],
  ["a vector of one number", label(numeric, { features: embeddings(1, [1]) }), "a vector of 1", label(numeric, { features: embeddings(1, []) })],
  ["long raw data", label(numeric, { features: { e: { embedding: { vector: [1, 2], raw_data: { tokenArray: { tokens: ["x".repeat(2_000_001)] } } } } } }), "2000001", label(numeric, { features: { e: { embedding: { vector: [1, 2], raw_data: { tokenArray: { tokens: ["x".repeat(2_000_000)] } } } } } })],
  ["a long group id", ranking({ prediction_group_id: "g".repeat(37) }), "37 characters", ranking({ prediction_group_id: "g".repeat(36) })],
  ["a rank of 0", ranking({ rank: "0" }), "the rank 0", ranking({ rank: "100" })],
  ["an empty relevance label", actual({ ranking: { category: { values: ["a", ""] } } }), "empty label", actual({ ranking: { category: { values: ["a"] } } })],
  ["a box without area", label(box({ coordinates: [1, 0, 1, 1] })), "box", label(box({}))],
  ["a box without score beside one with", label({ object_detection: { bounding_boxes: [{ coordinates: [0, 0, 1, 1], category: "c", score: 2 }] } }), "from 0 to 1", label(box({ score: 1 }))],
  ["an actual box with a score", actual(box({})), "no confidence", actual(box({ score: null }))],
  ["no box at all", label({ object_detection: {} }), "no box", label(box({}))],
  ["a polygon that crosses itself", polygon(0, 0, 2, 2, 2, 0, 0, 2), "edges cross", polygon(0, 0, 2, 0, 2, 2, 0, 2)],
  ["too many classes", classes(many(501)), "501 classes", classes(many(500))],
  ["a class with a long name", classes({ ["x".repeat(101)]: 0.5 }), "101", classes({ ["x".repeat(100)]: 0.5 })],
  ["a class's score above 1", classes({ a: 1.5 }), "the score 1.5", classes({ a: 1 })],
  ["training without an actual", before("training", label(numeric)), '"actual" is missing', before("training", both)],
  ["training without a prediction", before("training", actual(numeric)), '"prediction" is missing', before("training", both)],
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
