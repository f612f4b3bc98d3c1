import type { RecordBatch } from "apache-arrow";

import type { RuleViolation } from "../violation.js";

/** A rule about values. It sees the batches in order and says at the end what it found. */
export interface ValueRule {
  /** `firstRow` is the row of the whole input that the batch starts at. */
  check(batch: RecordBatch, firstRow: number): void;
  violations(): readonly RuleViolation[];
}

const SHOWN_ROWS = 5;

/** Counts offending rows and keeps the first few, so that a rule over millions of rows stays small. */
export class Offenders {
  readonly rows: number[] = [];
  count = 0;
  /** What the first offending row holds, for the message. */
  sample: string | undefined;

  add(row: number, sample?: string): void {
    this.count++;
    if (this.rows.length < SHOWN_ROWS) this.rows.push(row);
    this.sample ??= sample;
  }

  /** One violation for all offending rows, or none. */
  report(
    code: string,
    what: string,
    place: { column?: string; field?: string } = {},
    shouldBe = "",
  ): readonly RuleViolation[] {
    if (this.count === 0) return [];
    const where = `${this.count} ${this.count === 1 ? "row" : "rows"}, first ${this.rows.join(", ")}`;
    const sample = this.sample === undefined ? "" : `, where it is ${this.sample}`;
    const message = `${what} (${where}${sample}).${shouldBe === "" ? "" : ` ${shouldBe}`}`;
    return [{ code, message, ...place, rows: [...this.rows], count: this.count }];
  }
}

/** A column for messages, with the schema field that names it where there is one (spans have fixed names). */
export const shown = (column: string, field: string): string =>
  field === "" ? `Column "${column}"` : `Column "${column}" (schema.${field})`;
