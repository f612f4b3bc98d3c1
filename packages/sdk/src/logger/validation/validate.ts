import type { RecordBatch, Schema as ArrowSchema } from "apache-arrow";

import type { ColumnUse } from "../schema/columns.js";
import { isCorpusSchema } from "../schema/schema.js";
import type { LogContext } from "./context.js";
import { argumentRules } from "./parameters/arguments.js";
import { columnNameRules } from "./parameters/columns.js";
import { metricRules } from "./parameters/metrics.js";
import { requiredColumnRules } from "./parameters/required-columns.js";
import { typeRules } from "./types.js";
import { valueRules } from "./values/index.js";
import type { ValueRuleOptions } from "./values/index.js";
import type { ValueRule } from "./values/rule.js";
import type { RuleViolation } from "./violation.js";

/** Stage *required*: runs even with `validate: false` (`spec/ingest.md §8.1`). */
export function checkRequired(context: LogContext): readonly RuleViolation[] {
  const corpus = context.environment === "CORPUS";
  if (corpus === isCorpusSchema(context.schema) || Object.keys(context.schema).length === 0) return [];
  const message = corpus
    ? "The CORPUS environment needs a corpus schema: documentIdColumnName, documentVersionColumnName, documentTextEmbeddingColumnNames."
    : `A corpus schema (document… fields) can only be logged to the CORPUS environment, not to ${context.environment}.`;
  return [{ code: "Invalid_Schema_Type", field: "schema", message }];
}

/** Stage *parameters* (§8.2): arguments and column names. */
export function checkParameters(
  context: LogContext,
  uses: readonly ColumnUse[],
  columns: readonly string[],
): readonly RuleViolation[] {
  return [
    ...argumentRules(context),
    ...columnNameRules(context, uses, columns),
    ...requiredColumnRules(context),
    ...metricRules(context),
  ];
}

/** Stage *types* (§8.3). */
export const checkTypes = (
  context: LogContext,
  uses: readonly ColumnUse[],
  schema: ArrowSchema,
): readonly RuleViolation[] => typeRules(context, uses, schema);

/** Stage *values* (§8.4), fed with batches in order. `firstRow` is the row the first batch starts at. */
export class ValueCheck {
  readonly #rules: readonly ValueRule[];
  #rows = 0;
  readonly #firstRow: number;

  constructor(
    context: LogContext,
    uses: readonly ColumnUse[],
    options: ValueRuleOptions & { readonly firstRow: number },
  ) {
    this.#rules = valueRules(context, uses, options);
    this.#firstRow = options.firstRow;
  }

  check(batch: RecordBatch): void {
    for (const rule of this.#rules) rule.check(batch, this.#firstRow + this.#rows);
    this.#rows += batch.numRows;
  }

  /** What was found so far; an input without rows breaks no value rule. */
  violations(): readonly RuleViolation[] {
    return this.#rows === 0 ? [] : this.#rules.flatMap((rule) => rule.violations());
  }
}
