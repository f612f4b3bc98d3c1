import type { JsonValue } from "@axlab/wire";
import {
  boolColumn,
  float64Column,
  int64Column,
  listOf,
  nullColumn,
  structColumn,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import type { Vector } from "apache-arrow";
import type { Kind } from "../../../domain/columns/kinds.js";
import { ConflictError } from "../../../errors.js";

type Cell = JsonValue | undefined;

/**
 * One Arrow column of JSON values, all of which are of this kind.
 * @throws ConflictError when one is not: the column was widened after its kind was read
 */
export function columnOf(kind: Kind, cells: readonly Cell[]): Vector {
  switch (kind) {
    case "null":
      if (cells.some(isThere)) throw changed();
      return nullColumn(cells.length);
    case "bool":
      return boolColumn(cells.map((cell) => (isThere(cell) ? ofType("boolean", cell) : null)));
    case "int":
      return int64Column(cells.map(asInteger));
    case "float":
      return float64Column(cells.map(asFloat));
    case "instant":
      return timestampColumn(cells.map(asMicroseconds), { unit: "us", timezone: null });
    case "text":
      return utf8Column(cells.map((cell) => (isThere(cell) ? ofType("string", cell) : null)));
    case "json":
      return utf8Column(cells.map(asJson));
  }
  if ("list" in kind)
    return listOf<Cell, Vector["type"]>(
      cells.map((cell) => {
        if (!isThere(cell)) return null;
        if (!Array.isArray(cell)) throw changed();
        return cell;
      }),
      (items) => columnOf(kind.list, items),
    );
  const objects = cells.map((cell) => {
    if (!isThere(cell)) return null;
    if (typeof cell !== "object" || Array.isArray(cell)) throw changed();
    return cell;
  });
  const fields = Object.fromEntries(
    [...kind.fields].map(([name, field]) => [
      name,
      columnOf(
        field,
        objects.map((object) => object?.[name]),
      ),
    ]),
  );
  return structColumn(
    fields,
    objects.flatMap((object, row) => (object === null ? [row] : [])),
  );
}

const isThere = (cell: Cell): cell is Exclude<JsonValue, null> => cell !== null && cell !== undefined;

const changed = (): ConflictError =>
  new ConflictError("What is being read was changed meanwhile, so that a column holds other types; read it again.");

function ofType(type: "boolean", cell: JsonValue): boolean;
function ofType(type: "string", cell: JsonValue): string;
function ofType(type: "boolean" | "string", cell: JsonValue): boolean | string {
  if (typeof cell !== type || (typeof cell !== "boolean" && typeof cell !== "string")) throw changed();
  return cell;
}

/** Integers beyond 2^53 are kept as text, see `from-arrow.ts`. */
function asInteger(cell: Cell): number | bigint | null {
  if (!isThere(cell)) return null;
  if (typeof cell === "number" && Number.isSafeInteger(cell)) return cell;
  if (typeof cell === "string" && /^-?\d+$/.test(cell)) return BigInt(cell);
  throw changed();
}

/** What JSON has no number for is kept as text, see `from-arrow.ts`. */
function asFloat(cell: Cell): number | null {
  if (!isThere(cell)) return null;
  if (typeof cell === "number") return cell;
  if (cell === "Infinity" || cell === "-Infinity") return Number(cell);
  // An integer column of large values that became one of floats.
  if (typeof cell === "string" && /^-?\d+$/.test(cell)) return Number(cell);
  throw changed();
}

function asMicroseconds(cell: Cell): bigint | null {
  if (!isThere(cell)) return null;
  if (typeof cell !== "number") throw changed();
  return BigInt(Math.trunc(cell)) * 1000n + BigInt(Math.round((cell - Math.trunc(cell)) * 1000));
}

const asJson = (cell: Cell): string | null =>
  isThere(cell) ? (typeof cell === "string" ? cell : JSON.stringify(cell)) : null;
