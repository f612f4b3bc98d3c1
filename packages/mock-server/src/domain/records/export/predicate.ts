/** A condition on a row: which columns it reads, and whether a row meets it. */
export interface Predicate {
  columns: readonly string[];
  holds(value: (column: string) => unknown): boolean;
}

/** Both of them, as far as they are there. */
export const bothHold = (a: Predicate | null, b: Predicate | null): Predicate | null =>
  a === null || b === null
    ? (a ?? b)
    : { columns: [...a.columns, ...b.columns], holds: (value) => a.holds(value) && b.holds(value) };
