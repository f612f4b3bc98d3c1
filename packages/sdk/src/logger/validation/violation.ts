/** One rule of `spec/ingest.md §8` that the input breaks. Nothing has been sent when these are reported. */
export interface RuleViolation {
  /** Code of the rule, the same text the official clients show. */
  readonly code: string;
  /** What is wrong and what would be right, in one or two sentences. */
  readonly message: string;
  /** Column of the data at fault, when there is one. */
  readonly column?: string;
  /** Schema field or argument at fault, e.g. `embeddingFeatureColumnNames["title"].vectorColumnName`. */
  readonly field?: string;
  /** First offending rows (0-based, at most five). */
  readonly rows?: readonly number[];
  /** How many rows offend in all. */
  readonly count?: number;
}

/** The stages run in this order, and the first stage with violations stops the rest (`spec/ingest.md §8`). */
export type ValidationStage = "required" | "parameters" | "types" | "values";
