import { DataType } from "apache-arrow";
import type { Vector } from "apache-arrow";

import { batchesFromColumns } from "../arrow/batch.js";
import { buildColumn } from "../arrow/build.js";
import { Inference, isKind } from "../arrow/infer.js";
import type { Kind } from "../arrow/kinds.js";
import { beyondInt64, isTypedArray, typedColumn } from "../arrow/typed-arrays.js";
import { ValidationError } from "../errors/index.js";
import type { ValidationIssue } from "../errors/index.js";
import { DEFAULT_BATCH_ROWS, isObject, isWanted } from "./frame.js";
import type { Adapter, Frame, FrameOptions } from "./frame.js";

type ColumnValues = readonly unknown[] | Vector | ArrayBufferView;

/** An object of columns: typed arrays (taken without a copy), arrays, Arrow vectors; all of one length. */
export const columnsAdapter: Adapter = {
  accepts: "an object of columns ({ age: Float64Array, city: string[] })",
  open(data, options) {
    if (!isObject(data) || Array.isArray(data)) return undefined;
    const entries: [string, unknown][] = Object.entries(data);
    if (entries.length === 0 || !entries.every((entry): entry is [string, ColumnValues] => isColumn(entry[1])))
      return undefined;
    const columns = new Map(entries);
    return columnsFrame(
      "object of columns",
      entries.map(([name]) => name),
      (name) => columns.get(name) ?? [],
      options,
    );
  },
};

const isColumn = (value: unknown): value is ColumnValues =>
  Array.isArray(value) || isTypedArray(value) || isVector(value);

const isVector = (value: unknown): value is Vector =>
  isObject(value) && "type" in value && value.type instanceof DataType && "data" in value;

interface ColumnSlicer {
  readonly name: string;
  readonly slice: (start: number, end: number) => Vector;
}

/** A frame of whole columns, read by name as they are wanted; other adapters that can hand over columns end here. */
export function columnsFrame(
  source: string,
  names: readonly string[],
  read: (name: string) => ColumnValues,
  options: FrameOptions,
): Frame {
  const wanted = names.filter((name) => isWanted(options, name)).map((name) => [name, read(name)] as const);
  // Rows of which no column is wanted are still rows.
  const [first] = wanted.length > 0 ? wanted : names.slice(0, 1).map((name) => [name, read(name)] as const);
  const rows = first === undefined ? 0 : lengthOf(first[1]);
  requireOneLength(source, wanted);
  const step = options.maxRows ?? DEFAULT_BATCH_ROWS;
  let made: readonly ColumnSlicer[] | undefined;
  return {
    source,
    rows,
    columns: names,
    inMemory: true,
    async *batches() {
      const builders = (made ??= wanted.map(([name, values]) => ({
        name,
        slice: sliceBuilder(name, values, options),
      })));
      for (let start = 0; start < rows; start += step) {
        const end = Math.min(start + step, rows);
        yield* batchesFromColumns(
          builders.map(({ name, slice }) => [name, slice(start, end)] as const),
          end - start,
        );
      }
    },
  };
}

/** How to make rows [start, end) of a column; plain arrays are looked at whole first, so that every batch has one type. */
function sliceBuilder(
  name: string,
  values: ColumnValues,
  options: FrameOptions,
): (start: number, end: number) => Vector {
  if (isVector(values)) return (start, end) => values.slice(start, end);
  if (isTypedArray(values)) {
    const beyond = beyondInt64(values);
    if (beyond >= 0)
      throw new ValidationError("The data cannot be made into columns", [
        { path: `column "${name}"`, message: `holds an integer beyond 64 bits (row ${beyond}); give such numbers as texts` },
      ]); // prettier-ignore
    const whole = typedColumn(values);
    return (start, end) => whole.slice(start, end);
  }
  const convert = options.convert?.(name);
  const given: readonly unknown[] = Array.isArray(values) ? values : [];
  const array = convert === undefined ? given : given.map((value) => convert(value));
  const kind = kindOf(name, array);
  return (start, end) => buildColumn(kind, array.slice(start, end));
}

function kindOf(name: string, values: readonly unknown[]): Kind {
  const inference = new Inference();
  inference.addAll(values, 0);
  const found = inference.resolve();
  if (isKind(found)) return found;
  throw new ValidationError("The data cannot be made into columns", [mixedColumn(name, found.message)]);
}

export const mixedColumn = (name: string, problem: string): ValidationIssue => ({
  path: `column "${name}"`,
  message: `${problem}; give every row a value of one type, or null`,
});

function requireOneLength(source: string, columns: readonly (readonly [string, ColumnValues])[]): void {
  const [first] = columns;
  if (first === undefined) return;
  const rows = lengthOf(first[1]);
  const odd = columns.filter(([, values]) => lengthOf(values) !== rows);
  if (odd.length === 0) return;
  throw new ValidationError(
    `The columns of the ${source} differ in length`,
    odd.map(([name, values]) => ({
      path: `column "${name}"`,
      message: `has ${lengthOf(values)} rows, while "${first[0]}" has ${rows}`,
    })),
  );
}

const lengthOf = (values: ColumnValues): number =>
  "length" in values && typeof values.length === "number" ? values.length : 0;
