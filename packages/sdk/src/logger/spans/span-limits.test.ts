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
