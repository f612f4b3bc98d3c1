import { ArizeError, ValidationError } from "../errors/index.js";
import type { RuleViolation, ValidationStage } from "./validation/violation.js";

/**
 * The data or the schema breaks rules of `spec/ingest.md §8`. Every broken rule of the stage is listed; the stages run
 * required → parameters → types → values, and the first with violations stops the rest. Of the rows these rules looked
 * at, none was sent.
 */
export class ValidationFailure extends ValidationError {
  override readonly name: string = "ValidationFailure";
  readonly stage: ValidationStage;
  readonly violations: readonly RuleViolation[];

  constructor(subject: string, stage: ValidationStage, violations: readonly RuleViolation[]) {
    super(
      subject,
      violations.map(({ code, column, field, message }) => ({
        path: column === undefined ? (field ?? "") : `column "${column}"`,
        message: `${message} [${code}]`,
      })),
    );
    this.stage = stage;
    this.violations = violations;
  }
}

/** Rows `start` (included) to `end` (excluded) of the input; `end` is null where the input's end was not reached. */
export interface RowRange {
  readonly start: number;
  readonly end: number | null;
}

/**
 * An upload ended in the middle: some of its rows landed, or may have. `cause` is the error that ended it. Repeat `missing`, and `uncertain`
 * too where rows carry an id: the platform merges a row that it already has.
 */
export class PartialUploadError extends ArizeError {
  override readonly name: string = "PartialUploadError";
  /** Rows the platform has confirmed. */
  readonly landed: readonly RowRange[];
  /** Rows that were refused or never sent. */
  readonly missing: readonly RowRange[];
  /** Rows that were sent and neither confirmed nor clearly refused: they may have landed. */
  readonly uncertain: readonly RowRange[];

  constructor(
    parts: Pick<PartialUploadError, "landed" | "missing" | "uncertain">,
    cause: unknown,
    mergesById: boolean,
  ) {
    const { landed, missing, uncertain } = parts;
    const doubt = `were sent without being confirmed and may have landed${
      mergesById ? "" : " (they carry no id, so sending them again would add them twice if they did)"
    }`;
    const facts = [
      landed.length === 0 ? "no row was confirmed" : `rows ${shown(landed)} landed`,
      ...(missing.length === 0 ? [] : [`rows ${shown(missing)} did not land`]),
      ...(uncertain.length === 0 ? [] : [`rows ${shown(uncertain)} ${doubt}`]),
    ];
    const said = cause instanceof Error ? cause.message : "the upload failed";
    super(`The upload ended in the middle: ${facts.join("; ")}. Ended by: ${said}`, { cause });
    this.landed = parts.landed;
    this.missing = parts.missing;
    this.uncertain = parts.uncertain;
  }
}

const shown = (ranges: readonly RowRange[]): string =>
  ranges.map(({ start, end }) => (end === null ? `${start} to the end` : `${start}–${end - 1}`)).join(", ");

/** Ranges in order, neighbours joined. */
export function joinRanges(ranges: readonly RowRange[]): readonly RowRange[] {
  const joined: RowRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (range.end !== null && range.end <= range.start) continue;
    if (last?.end === range.start) joined[joined.length - 1] = { start: last.start, end: range.end };
    else joined.push(range);
  }
  return joined;
}
