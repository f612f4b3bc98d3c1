import type { RecordBatch, Schema } from "apache-arrow";

import type { ValueRule } from "../validation/values/rule.js";
import type { RuleViolation } from "../validation/violation.js";
import { annotationConverter, isAnnotationColumn, wireAnnotations } from "./annotations.js";
import { annotationFormRules, annotationValueRules } from "./annotation-rules.js";
import { wireSpans } from "./arrow-spans.js";
import {
  evaluationColumnForms,
  evaluationColumnRules,
  evaluationFormRules,
  evaluationValueRules,
} from "./evaluation-rules.js";
import { isPatchColumn, patchConverter, wirePatches } from "./metadata.js";
import { patchFormRules, patchValueRules } from "./metadata-rules.js";
import { isEvaluationColumn, isSpanColumn, spanConverter } from "./span-columns.js";
import { spanFormRules, spanValueRules } from "./span-rules.js";

/** A kind of table about spans: which columns travel, what is made of them and what they must obey. `now` is in ms. */
export interface TableKind {
  /** For messages. */
  readonly subject: string;
  readonly isColumn: (column: string) => boolean;
  /** What becomes of values that are not in Arrow form yet, by column. */
  readonly convert: (column: string) => ((value: unknown) => unknown) | undefined;
  /** A batch as it travels. */
  readonly prepare: (batch: RecordBatch, firstRow: number, now: number) => RecordBatch;
  /** Rules about columns and types, as given and as they travel. */
  readonly form: (given: Schema, wire: Schema) => readonly RuleViolation[];
  /** Rules about the values of the columns that travel. */
  readonly values: (columns: readonly string[], now: number) => readonly ValueRule[];
  /** Whether a table without rows is refused; else it sends nothing. */
  readonly needsRows?: boolean;
}

export const SPANS: TableKind = {
  subject: "Spans",
  isColumn: isSpanColumn,
  convert: spanConverter,
  prepare: wireSpans,
  form: (_given, wire) => [...spanFormRules(wire), ...evaluationColumnForms(wire)],
  values: (columns, now) => [...spanValueRules(now), ...evaluationColumnRules(columns)],
};

export const EVALUATIONS: TableKind = {
  subject: "Evaluations",
  isColumn: isEvaluationColumn,
  convert: () => undefined,
  prepare: (batch) => batch,
  form: (_given, wire) => evaluationFormRules(wire),
  values: (columns) => evaluationValueRules(columns),
};

export const ANNOTATIONS: TableKind = {
  subject: "Annotations",
  isColumn: isAnnotationColumn,
  convert: annotationConverter,
  prepare: wireAnnotations,
  form: (given, wire) => annotationFormRules(given, wire),
  values: (columns, now) => annotationValueRules(columns, now),
};

export const METADATA: TableKind = {
  subject: "Metadata",
  isColumn: isPatchColumn,
  convert: patchConverter,
  prepare: wirePatches,
  form: patchFormRules,
  values: () => patchValueRules(),
  needsRows: true,
};
