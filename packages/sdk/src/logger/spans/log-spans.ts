import { spansSchema } from "@axlab/wire/ingest";
import type { RecordBatch, Schema } from "apache-arrow";

import { openFrame } from "../../adapters/index.js";
import type { Frame, TabularData } from "../../adapters/index.js";
import { ValidationFailure } from "../errors.js";
import type { LogResult, UploadOptions } from "../log-options.js";
import { spaceOf, uploadBatches } from "../upload/upload.js";
import type { LoggerContext } from "../upload/upload.js";
import type { ValueRule } from "../validation/values/rule.js";
import type { RuleViolation, ValidationStage } from "../validation/violation.js";
import { wireSpans } from "./arrow-spans.js";
import { evaluationFormRules, evaluationValueRules } from "./evaluation-rules.js";
import { isEvaluationColumn, isSpanColumn, spanConverter } from "./span-columns.js";
import { spanFormRules, spanValueRules } from "./span-rules.js";

/** Arguments of `logSpans` and `logEvaluations`. */
export interface SpanOptions extends UploadOptions {
  /** Name of the project that the spans belong to. */
  readonly project: string;
}

/** Which columns travel, what is made of them and what they must obey. */
interface TableKind {
  readonly subject: string;
  readonly isColumn: (column: string) => boolean;
  readonly prepare: (batch: RecordBatch, firstRow: number) => RecordBatch;
  readonly form: (schema: Schema) => readonly RuleViolation[];
  readonly values: (columns: readonly string[], now: number) => readonly ValueRule[];
}

export const SPANS: TableKind = {
  subject: "Spans",
  isColumn: isSpanColumn,
  prepare: wireSpans,
  form: spanFormRules,
  values: (_columns, now) => spanValueRules(now),
};

export const EVALUATIONS: TableKind = {
  subject: "Evaluations",
  isColumn: isEvaluationColumn,
  prepare: (batch) => batch,
  form: evaluationFormRules,
  values: (columns) => evaluationValueRules(columns),
};

/** Checks and uploads a table of spans or evaluations; behind `Logger`, where it is documented. */
export async function logSpanTable(
  client: LoggerContext,
  kind: TableKind,
  data: TabularData,
  options: SpanOptions,
): Promise<LogResult> {
  const started = client.clock.now();
  const spaceId = spaceOf(client, options);
  if (options.project.trim() === "")
    throw failure(kind, options, "parameters", [{ code: "Invalid_Project_Name", field: "project", message: "project is blank; give its name." }]); // prettier-ignore
  const frame = openFrame(data, {
    columns: kind.isColumn,
    convert: spanConverter,
    maxRows: client.config.maxChunksize,
    signal: options.signal,
  });
  frame.settle?.();
  const checked = (whole: boolean) => checkedSpans(frame, kind, options, client.clock.now(), whole);
  // What is in memory is looked at whole before anything is sent; its second pass sends without looking again.
  if (frame.inMemory && options.validate !== false) for await (const _batch of checked(true));
  const batches = frame.inMemory ? checkedSpans(frame, kind, { ...options, validate: false }, 0, true) : checked(false);
  // The platform joins by span id, so that a repeated request is harmless.
  const schema = spansSchema(options.project);
  return uploadBatches(client, { schema, started, spaceId, batches, totalRows: frame.rows, mergesById: true }, options);
}

async function* checkedSpans(
  frame: Frame,
  kind: TableKind,
  options: SpanOptions,
  now: number,
  whole: boolean,
): AsyncGenerator<RecordBatch> {
  let row = 0;
  let rules: readonly ValueRule[] | undefined;
  for await (const raw of frame.batches()) {
    const batch = kind.prepare(raw, row);
    if (options.validate !== false) {
      if (rules === undefined) stop(kind, options, "types", kind.form(batch.schema));
      rules ??= kind.values(batch.schema.fields.map((field) => field.name), now); // prettier-ignore
      for (const rule of rules) rule.check(batch, row);
      if (!whole) stop(kind, options, "values", rules.flatMap((rule) => rule.violations())); // prettier-ignore
    }
    yield batch;
    row += batch.numRows;
  }
  if (rules !== undefined) stop(kind, options, "values", rules.flatMap((rule) => rule.violations())); // prettier-ignore
}

function stop(
  kind: TableKind,
  options: SpanOptions,
  stage: ValidationStage,
  violations: readonly RuleViolation[],
): void {
  if (violations.length > 0) throw failure(kind, options, stage, violations);
}

const failure = (
  kind: TableKind,
  { project }: SpanOptions,
  stage: ValidationStage,
  violations: readonly RuleViolation[],
) => new ValidationFailure(`${kind.subject} of project ${JSON.stringify(project)} cannot be logged`, stage, violations);
