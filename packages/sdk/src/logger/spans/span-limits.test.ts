import { timestampColumn, utf8Column } from "@axlab/wire/arrow";
import { Field, makeData, RecordBatch, Schema, Struct } from "apache-arrow";
import type { Data, DataType, Vector } from "apache-arrow";
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
  end_time: new Date(NOW + 5),
};

/** Longest texts of `spec/ingest.md §8.6`; JSON columns hold a JSON text of that length. */
const LIMITS: readonly (readonly [column: string, longest: number])[] = [
  ["context.span_id", 128],
  ["context.trace_id", 128],
  ["parent_id", 128],
  ["name", 50],
  ["status_message", 10_000],
  ["span_kind", 128],
  ["attributes.exception.message", 100],
  ["attributes.exception.stacktrace", 10_000],
  ["attributes.input.value", 4_000_000],
  ["attributes.input.mime_type", 100],
  ["attributes.output.value", 4_000_000],
  ["attributes.output.mime_type", 100],
  ["attributes.embedding.model_name", 100],
  ["attributes.llm.model_name", 100],
  ["attributes.llm.prompt_template.template", 4_000_000],
  ["attributes.llm.prompt_template.version", 100],
  ["attributes.llm.invocation_parameters", 4_000_000],
  ["attributes.tool.name", 100],
  ["attributes.tool.description", 1_000],
  ["attributes.tool.parameters", 1_000],
  ["attributes.reranker.query", 10_000],
  ["attributes.reranker.model_name", 100],
  ["attributes.session.id", 128],
  ["attributes.user.id", 128],
];

const textOf = (column: string, length: number): string =>
  /parameters$/.test(column) ? JSON.stringify("x".repeat(length - 2)) : "x".repeat(length);

test.each(LIMITS)("%s takes %i characters and no more", async (column, longest) => {
  const rows = (length: number) => [span, { ...span, [column]: textOf(column, length) }];
  expect(await logger.logSpans(rows(longest), { project: "p" })).toMatchObject({ rows: 2 });
  const failure = logger.logSpans(rows(longest + 1), { project: "p" });
  const travels = column === "span_kind" ? "attributes.openinference.span.kind" : column;
  await expect(failure).rejects.toMatchObject({
    violations: [{ code: "Invalid_String_Length_In_Column", column: travels, rows: [1] }],
  });
  expect(server.uploads).toHaveLength(1);
});

const YEAR_MS = 365 * 86_400_000;
const at = (ms: number) => ({ start_time: new Date(NOW + ms), end_time: new Date(NOW + ms) });

/** What breaks a rule of §8.6, its code and column, and what just does not. */
test.each<[what: string, bad: object, code: string, column: string, good: object]>([
  ["a span id of 11 characters", { "context.span_id": "x".repeat(11) }, "Invalid_String_Length_In_Column", "context.span_id", { "context.span_id": "x".repeat(12) }],
  ["a trace id of 11 characters", { "context.trace_id": "x".repeat(11) }, "Invalid_String_Length_In_Column", "context.trace_id", { "context.trace_id": "x".repeat(12) }],
  ["a span id that is null", { "context.span_id": null }, "Invalid_Missing_Value", "context.span_id", {}],
  ["a trace id that is null", { "context.trace_id": null }, "Invalid_Missing_Value", "context.trace_id", { parent_id: null }],
  ["a name that is null", { name: null }, "Invalid_Missing_Value", "name", { name: "" }],
  ["a status of another name", { status_code: "FINE" }, "Invalid_String_Value_Not_Allowed_In_Column", "status_code", { status_code: "ok" }],
  ["a start more than 5 years ago", { start_time: new Date(NOW - 5 * YEAR_MS - 60_000) }, "Invalid_Timestamp_Value_In_Column", "start_time", at(-5 * YEAR_MS + 60_000)],
  ["an end more than a year ahead", { end_time: new Date(NOW + YEAR_MS + 60_000) }, "Invalid_Timestamp_Value_In_Column", "end_time", at(YEAR_MS - 60_000)],
  ["an end before its start", { end_time: new Date(NOW - 1) }, "Invalid_Start_And_End_Time_Values_In_Column", "end_time", at(0)],
  ["invocation parameters that are no JSON", { "attributes.llm.invocation_parameters": "{a:1}" }, "Invalid_Json_String_In_Column", "attributes.llm.invocation_parameters", { "attributes.llm.invocation_parameters": "" }],
])("logSpans refuses %s", async (_what, bad, code, column, good) => {
  const failure = logger.logSpans([span, { ...span, ...bad }], { project: "p" });
  await expect(failure).rejects.toMatchObject({ violations: [{ code, column, rows: [1] }] });
  expect(await logger.logSpans([span, { ...span, ...good }], { project: "p" })).toMatchObject({ rows: 2 });
}); // prettier-ignore

test.each<[what: string, bad: object, code: string, good: object]>([
  ["a label of 101 characters", { "eval.q.label": "x".repeat(101) }, "Invalid_String_Length_In_Column", { "eval.q.label": "x".repeat(100) }],
  ["an empty label", { "eval.q.label": "" }, "Invalid_String_Length_In_Column", { "eval.q.label": "x" }],
  ["an explanation of 10 001 characters", { "session_eval.q.label": "a", "session_eval.q.explanation": "x".repeat(10_001) }, "Invalid_String_Length_In_Column", { "session_eval.q.label": "a", "session_eval.q.explanation": "x".repeat(10_000) }],
  ["a score of -Infinity", { "trace_eval.q.score": -Infinity }, "Invalid_Float_Value_In_Column", { "trace_eval.q.score": Number.NaN }],
  ["an explanation beside NaN", { "eval.q.score": Number.NaN, "eval.q.explanation": "why" }, "Invalid_Null_Eval_Label_And_Score", { "eval.q.score": 0, "eval.q.explanation": "why" }],
  ["an explanation of another evaluation", { "eval.q.score": null, "eval.r.score": 1, "eval.q.explanation": "why" }, "Invalid_Null_Eval_Label_And_Score", { "eval.q.score": null, "eval.r.score": 1, "eval.q.explanation": null }],
  ["a short span id", { "context.span_id": "x".repeat(11), "eval.q.label": "a" }, "Invalid_String_Length_In_Column", { "context.span_id": "x".repeat(12), "eval.q.label": "a" }],
  ["a span id that is null", { "context.span_id": null, "eval.q.label": "a" }, "Invalid_Missing_Value", { "eval.q.label": "a" }],
])("logEvaluations refuses %s", async (_what, bad, code, good) => {
  const rows = (values: object) => [{ "context.span_id": span["context.span_id"], ...good, ...values }];
  await expect(logger.logEvaluations(rows(bad), { project: "p" })).rejects.toMatchObject({ violations: [{ code, rows: [0] }] });
  expect(await logger.logEvaluations(rows(good), { project: "p" })).toMatchObject({ rows: 1 });
}); // prettier-ignore

test.each<[what: string, table: () => object, project: string, code: string]>([
  ["a blank project", () => [span], " ", "Invalid_Project_Name"],
  ["spans without a start", () => [{ ...span, start_time: undefined }].map(({ start_time: _gone, ...rest }) => rest), "p", "Invalid_DataFrame_Missing_Columns"],
  ["a column twice", () => twice(), "p", "Invalid_DataFrame_Duplicate_Columns"],
])("logSpans refuses %s", async (_what, table, project, code) => {
  const failure = logger.logSpans(table() as [], { project }); // boundary: tables of several kinds
  await expect(failure).rejects.toMatchObject({ violations: [{ code }] });
  expect(server.uploads).toEqual([]);
}); // prettier-ignore

/** Arrow allows what objects of rows cannot say. */
function twice() {
  type Named = readonly [name: string, column: Vector];
  const text = (name: string): Named => [name, utf8Column(["x".repeat(12)])] as const;
  const time = (name: string): Named => [name, timestampColumn([new Date(NOW)])] as const;
  const columns = [...["context.trace_id", "context.span_id", "name", "name"].map(text), ...["start_time", "end_time"].map(time)];
  const schema = new Schema(columns.map(([name, column]) => new Field(name, column.type, true)));
  const children = columns.flatMap(([, column]): Data[] => [...column.data]);
  return new RecordBatch(schema, makeData({ type: new Struct<Record<string, DataType>>(schema.fields), length: 1, nullCount: 0, children }));
} // prettier-ignore
