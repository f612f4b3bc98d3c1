/** Instants are milliseconds since the epoch, flags are 0 or 1, JSON is text: the three that SQLite and PostgreSQL read alike. */
export type Flag = 0 | 1;

export interface Definition {
  /** `name type, …`: text, integer, real or blob; "?" may be null. What a column means stands in its row type. */
  columns: string;
  key: string[];
  unique?: string[][];
  index?: string[][];
}

/** How the tables of one subject are made, beside the rows they hold. */
export type Definitions<T> = Record<keyof T, Definition>;
