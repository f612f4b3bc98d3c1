import type { RecordBatch } from "apache-arrow";

import type { Frame } from "../adapters/index.js";
import { ValidationFailure } from "./errors.js";
import type { ColumnUse } from "./schema/columns.js";
import type { GeneratedColumns } from "./schema/generated-columns.js";
import type { LogContext } from "./validation/context.js";
import { checkParameters, checkTypes, ValueCheck } from "./validation/validate.js";
import type { RuleViolation, ValidationStage } from "./validation/violation.js";

export interface CheckOptions {
  readonly context: LogContext;
  readonly uses: readonly ColumnUse[];
  readonly generated: GeneratedColumns;
  /** Applied to every batch before it is looked at: casts of typed columns. */
  readonly prepare: (batch: RecordBatch, firstRow: number) => RecordBatch;
  readonly validate: boolean;
  readonly now: number;
  readonly maxPastYears: number;
}

/**
 * The batches to send, checked. An input in memory is checked whole before this returns; a stream is checked batch by
 * batch as it flows, each before it is sent. Batches are never held: an input of rows is made into columns once to check
 * and again to send, which is cheaper than keeping the columns beside it.
 * @throws ValidationFailure with the violations of the first stage that has any
 */
export async function checkedBatches(frame: Frame, options: CheckOptions): Promise<AsyncIterable<RecordBatch>> {
  if (!options.validate) frame.settle?.();
  if (!options.validate || !frame.inMemory) return checkedStream(frame, options);
  const values = valueCheck(options, true);
  let last: RecordBatch | undefined;
  let types: string | undefined;
  for await (const batch of prepared(frame, options)) {
    const found = String(batch.schema);
    if (found !== types && frame.widens !== true) checkColumns(frame.columns ?? namesOf(batch), batch, options);
    values.check(batch);
    types = found;
    last = batch;
  }
  if (last === undefined || frame.widens === true) checkColumns(allColumns(frame, last, options), last, options);
  stop("values", values.violations(), options);
  return checkedStream(frame, { ...options, validate: false });
}

async function* checkedStream(frame: Frame, options: CheckOptions): AsyncGenerator<RecordBatch> {
  let row = 0;
  let types: string | undefined;
  for await (const batch of prepared(frame, options)) {
    if (options.validate) {
      const found = String(batch.schema);
      if (found !== types) checkColumns(frame.columns ?? namesOf(batch), batch, options);
      types = found;
      const values = valueCheck(options, false, row);
      values.check(batch);
      stop("values", values.violations(), options);
    }
    yield options.generated.extend(batch);
    row += batch.numRows;
  }
  // Without rows there was nothing to look at yet: the arguments, and columns that are known beforehand, are looked at all the same.
  if (options.validate && row === 0) checkColumns(allColumns(frame, undefined, options), undefined, options);
}

async function* prepared(frame: Frame, { prepare }: CheckOptions): AsyncGenerator<RecordBatch> {
  let row = 0;
  for await (const batch of frame.batches()) {
    yield prepare(batch, row);
    row += batch.numRows;
  }
}

const valueCheck = (options: CheckOptions, whole: boolean, firstRow = 0): ValueCheck =>
  new ValueCheck(options.context, options.uses, { ...options, whole, firstRow });

function checkColumns(columns: readonly string[], first: RecordBatch | undefined, options: CheckOptions): void {
  stop("parameters", checkParameters(options.context, options.uses, columns), options);
  if (first !== undefined) stop("types", checkTypes(options.context, options.uses, first.schema), options);
}

function stop(stage: ValidationStage, violations: readonly RuleViolation[], { context }: CheckOptions): void {
  if (violations.length > 0)
    throw new ValidationFailure(`Model ${JSON.stringify(context.modelId)} cannot be logged`, stage, violations);
}

/** Columns of an input that has been looked at whole: a row may have some that the first one lacks; no row at all lacks none. */
function allColumns(frame: Frame, last: RecordBatch | undefined, { uses }: CheckOptions): readonly string[] {
  if (last === undefined) return frame.columns ?? uses.map(({ column }) => column);
  return frame.widens === true ? [...new Set([...(frame.columns ?? []), ...namesOf(last)])] : namesOf(last);
}

const namesOf = (batch: RecordBatch | undefined): readonly string[] =>
  batch?.schema.fields.map((field) => field.name) ?? [];
