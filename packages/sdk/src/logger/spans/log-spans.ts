import { ColumnMemory } from "@axlab/wire/arrow";
import { spansSchema } from "@axlab/wire/ingest";
import type { RecordBatch } from "apache-arrow";

import { openData } from "../../adapters/index.js";
import type { Frame, TabularData } from "../../adapters/index.js";
import { ValidationFailure } from "../errors.js";
import type { LogResult, UploadOptions } from "../log-options.js";
import { spaceOf, uploadBatches } from "../upload/upload.js";
import type { LoggerContext, Upload } from "../upload/upload.js";
import type { ValueRule } from "../validation/values/rule.js";
import type { RuleViolation, ValidationStage } from "../validation/violation.js";
import { duplicateRules } from "./span-rules.js";
import type { TableKind } from "./table-kinds.js";

/** Arguments of `logSpans`, `logEvaluations`, `logAnnotations` and `logMetadata`. */
export interface SpanOptions extends UploadOptions {
  /** Name of the project that the spans belong to. */
  readonly project: string;
}

/** Checks and uploads a table of spans or evaluations; behind `Logger`, where it is documented. */
export async function logSpanTable(
  client: LoggerContext,
  kind: TableKind,
  data: TabularData,
  options: SpanOptions,
): Promise<LogResult> {
  return uploadBatches(client, await checkedUpload(client, kind, data, options), options);
}

/**
 * A table of spans, or about spans, ready to be sent. What is in memory has been looked at whole; a stream is checked as
 * it flows.
 * @throws ValidationFailure, ConfigurationError
 */
export async function checkedUpload(
  client: LoggerContext,
  kind: TableKind,
  data: TabularData,
  options: SpanOptions,
): Promise<Upload> {
  const started = client.clock.now();
  const spaceId = spaceOf(client, options);
  // Callers without types may leave it out.
  const project: unknown = options.project;
  if (typeof project !== "string" || project.trim() === "")
    throw failure(kind, options, "parameters", [{ code: "Invalid_Project_Name", field: "project", message: `project is ${typeof project === "string" ? "blank" : typeof project}; give its name.` }]); // prettier-ignore
  const frame = await openData(data, {
    columns: kind.isColumn,
    convert: kind.convert,
    maxRows: client.config.maxChunksize,
    memory: new ColumnMemory(),
    signal: options.signal,
  });
  frame.settle?.();
  const pass = { frame, kind, options, now: started };
  // The second pass over what is in memory sends without looking again.
  if (frame.inMemory && options.validate !== false) for await (const _batch of checkedSpans({ ...pass, whole: true }));
  const second = { ...pass, whole: true, options: { ...options, validate: false } };
  const batches = frame.inMemory ? checkedSpans(second) : checkedSpans({ ...pass, whole: false });
  // The platform joins by span id, so that a repeated request is harmless.
  return { schema: spansSchema(options.project), started, spaceId, batches, totalRows: frame.rows, mergesById: true };
}

interface Pass {
  readonly frame: Frame;
  readonly kind: TableKind;
  readonly options: SpanOptions;
  /** In ms. */
  readonly now: number;
  /** Whether violations are told once all rows have been looked at, or batch by batch. */
  readonly whole: boolean;
}

async function* checkedSpans({ frame, kind, options, now, whole }: Pass): AsyncGenerator<RecordBatch> {
  let row = 0;
  let rules: readonly ValueRule[] | undefined;
  for await (const raw of frame.batches()) {
    // Told first: a table with a column twice cannot be prepared.
    stop(kind, options, "types", duplicateRules(raw.schema.fields.map((field) => field.name)));
    const batch = kind.prepare(raw, row, now);
    if (options.validate !== false) {
      if (rules === undefined) stop(kind, options, "types", kind.form(raw.schema, batch.schema));
      rules ??= kind.values(batch.schema.fields.map((field) => field.name), now); // prettier-ignore
      for (const rule of rules) rule.check(batch, row);
      if (!whole) stop(kind, options, "values", rules.flatMap((rule) => rule.violations())); // prettier-ignore
    }
    yield batch;
    row += batch.numRows;
  }
  if (row === 0 && kind.needsRows === true && options.validate !== false)
    throw failure(kind, options, "parameters", [
      { code: "Invalid_DataFrame_Empty", message: "The table has no rows; give one for each span to change." },
    ]);
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
) =>
  new ValidationFailure(
    `${kind.subject} of project ${JSON.stringify(project ?? null)} cannot be logged`,
    stage,
    violations,
  );
