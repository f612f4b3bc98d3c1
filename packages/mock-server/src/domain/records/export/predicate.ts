/** A condition on a row: which columns it reads, and whether a row meets it. */
export interface Predicate {
  columns: readonly string[];
  holds(value: (column: string) => unknown): boolean;
}
