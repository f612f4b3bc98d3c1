import { listColumn, tableFromColumns, timestampColumn, utf8Column } from "@axlab/wire/arrow";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { IngestServer } from "../../testing/ingest-server.js";
import { NOW, startLogger } from "../../testing/logging.js";
import type { Logger } from "../index.js";

let server: IngestServer;
let logger: Logger;
beforeEach(async () => {
  ({ server, logger } = await startLogger());
});
afterEach(() => server.close());

const span = {
  "context.trace_id": "trace-0123456789",
  "context.span_id": "span-0123456789",
  name: "step",
  start_time: new Date(NOW),
  end_time: new Date(NOW),
};
const PROJECT = { project: "p" };
const long = (characters: number): string => "é".repeat(characters);
const vector = (length: number): number[] => new Array<number>(length).fill(0.5);
const call = (given: object) => ({ "message.role": "user", "message.tool_calls": [given] });

/** What breaks a rule of `spec/ingest.md §8.6`, what is said of it, and what just does not break it. */
const ITEMS: readonly (readonly [column: string, bad: unknown, says: string, good: unknown])[] = [
  ["events", { name: long(101) }, "a name of 101 characters", { name: long(100) }],
  ["events", { name: "e", attributes: [1] }, "attributes that is not an object", { name: "e", attributes: { a: { b: 1 } } }],
  ["events", "plain", "not a JSON object", '{"name":"e"}'],
  ["attributes.llm.input_messages", { "message.role": long(101) }, "message.role of 101", { "message.role": long(100) }],
  ["attributes.llm.output_messages", { "message.content": long(4_000_001) }, "message.content of 4000001", { "message.content": long(4_000_000) }],
  ["attributes.llm.output_messages", call({ "tool_call.function.name": long(501) }), "tool_call.function.name of 501", call({ "tool_call.function.name": long(500) })],
  ["attributes.llm.input_messages", call({ "tool_call.function.arguments": "{" }), "arguments are not JSON", call({ "tool_call.function.arguments": "" })],
  ["attributes.llm.input_messages", call({ "tool_call.function.arguments": JSON.stringify("x".repeat(4_000_000)) }), "tool_call.function.arguments of 4000002", call({ "tool_call.function.arguments": JSON.stringify("x".repeat(3_999_998)) })],
  ["attributes.retrieval.documents", { "document.id": long(101) }, "document.id of 101", { "document.id": long(100) }],
  ["attributes.reranker.input_documents", { "document.content": long(4_000_001) }, "document.content of 4000001", { "document.content": long(4_000_000) }],
  ["attributes.reranker.output_documents", { "document.metadata": ["a"] }, "document.metadata that is not an object", { "document.metadata": { a: 1 } }],
  ["attributes.retrieval.documents", { "document.metadata": { a: { b: 1 } } }, 'document.metadata whose "a" is nested', { "document.metadata": { a: [1, "x", null], b: '{"c":1}' } }],
  ["attributes.retrieval.documents", { "document.metadata": { a: [[1]] } }, 'document.metadata whose "a" is nested', { "document.metadata": '{"a":true}' }],
  ["attributes.embedding.embeddings", { "embedding.vector": [1] }, "a vector of 1 numbers", { "embedding.vector": [] }],
  ["attributes.embedding.embeddings", { "embedding.vector": vector(20_001) }, "a vector of 20001 numbers", { "embedding.vector": vector(20_000) }],
  ["attributes.embedding.embeddings", { "embedding.text": long(4_000_001) }, "embedding.text of 4000001", { "embedding.text": long(4_000_000) }],
]; // prettier-ignore

test.each(ITEMS)("items of %s are looked at one by one (%#)", async (column, bad, says, good) => {
  const rows = (item: unknown) => [span, { ...span, [column]: [good, item] }];
  const failure: unknown = await logger.logSpans(rows(bad), PROJECT).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({
    name: "ValidationFailure",
    violations: [{ code: "Invalid_Item_In_Column", column, rows: [1], message: expect.stringContaining(says) }],
  });
  expect(server.uploads).toEqual([]);
  expect(await logger.logSpans(rows(good), PROJECT)).toMatchObject({ rows: 2 });
});

test("items of Arrow columns are looked at too", async () => {
  const times = timestampColumn([new Date(NOW), new Date(NOW)]);
  const ids = ["context.trace_id", "context.span_id", "name"].map((name) => [name, utf8Column(["012345678901", "012345678902"])] as const);
  const events = listColumn([['{"name":"e"}', null], [JSON.stringify({ name: "x".repeat(101) })]], "utf8");
  const table = tableFromColumns([...ids, ["start_time", times], ["end_time", times], ["events", events]]);
  await expect(logger.logSpans(table, PROJECT)).rejects.toMatchObject({ violations: [{ code: "Invalid_Item_In_Column", rows: [1] }] });
}); // prettier-ignore

test("validate: false sends them as they are", async () => {
  await logger.logSpans([{ ...span, events: [{ name: long(101) }] }], { ...PROJECT, validate: false });
  expect(server.uploads).toHaveLength(1);
});
