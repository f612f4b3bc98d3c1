import type { ColumnMemory } from "@axlab/wire/arrow";
import type { RecordBatch } from "apache-arrow";

/** What an adapter may leave out and how it cuts. */
export interface FrameOptions {
  /** The columns wanted; others need not be read. All when absent. */
  readonly columns?: ReadonlySet<string> | ColumnTest | undefined;
  /** What to make of the values of a column before its type is found; undefined leaves them. */
  readonly convert?: ((column: string) => ((value: unknown) => unknown) | undefined) | undefined;
  /** Most rows of a batch that the adapter builds itself. Default 10 000. */
  readonly maxRows?: number | undefined;
  /** Where columns may be built by a caller that is done with a batch before it asks for the next one. */
  readonly memory?: ColumnMemory | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Chooses columns by name where the names are not known beforehand. */
export type ColumnTest = (column: string) => boolean;

export function isWanted({ columns }: FrameOptions, column: string): boolean {
  if (columns === undefined) return true;
  return typeof columns === "function" ? columns(column) : columns.has(column);
}

export const DEFAULT_BATCH_ROWS = 10_000;

/** Any supported input, seen as a sequence of Arrow record batches. */
export interface Frame {
  /** What the input is, for messages: `Arrow table`, `pandas-js DataFrame`, `array of rows`. */
  readonly source: string;
  /** Rows in all, when the source knows. */
  readonly rows?: number | undefined;
  /** Names of the columns of the input, repeats included, when known before the first batch: all of them, unless the frame `widens`. */
  readonly columns?: readonly string[] | undefined;
  /** Whether the whole input is in memory already, so that it can be passed over once to check it and again to send it. */
  readonly inMemory: boolean;
  /** Whether types may widen from batch to batch during the first pass; then only its last batch tells them. */
  readonly widens?: boolean;
  /** Finds the types of the whole input without making columns, so that even the first pass has final types. */
  settle?(): void;
  /** One pass over the data; a source that is not in memory allows one. */
  batches(): AsyncIterable<RecordBatch>;
}

/** Recognises one kind of input by what it can do, never by importing its library. */
export interface Adapter {
  readonly accepts: string;
  /** A frame, or undefined when the input is of another kind. */
  open(data: unknown, options: FrameOptions): Frame | undefined;
}

/** A value whose members can be asked for by name. */
export const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A member of an object of unknown type. */
export const member = (value: object, name: string): unknown => Reflect.get(value, name);

/** Calls a method of an object of unknown type, or undefined when it has no such method. */
export function call(value: object, name: string, ...args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(value, name);
  return typeof method === "function" ? Reflect.apply(method, value, [...args]) : undefined;
}

export const hasMethod = (value: object, name: string): boolean => typeof Reflect.get(value, name) === "function";

export const isIterable = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && hasIterator(value, Symbol.iterator);

export const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  isObject(value) && hasIterator(value, Symbol.asyncIterator);

const hasIterator = (value: object, symbol: symbol): boolean => typeof Reflect.get(value, symbol) === "function";
