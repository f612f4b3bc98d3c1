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
import type { Kind } from "./kinds.js";

type Cell = JsonValue | undefined;

/** One Arrow column of JSON values, all of which are of this kind. */
export function columnOf(kind: Kind, cells: readonly Cell[]): Vector {
  switch (kind) {
    case "null":
      return nullColumn(cells.length);
    case "bool":
      return boolColumn(cells.map((cell) => (typeof cell === "boolean" ? cell : null)));
    case "int":
      return int64Column(cells.map(asNumber));
    case "float":
      return float64Column(cells.map(asNumber));
    case "instant":
      return timestampColumn(cells.map(asNumber), { timezone: null });
    case "text":
    case "json":
      return utf8Column(cells.map(asText));
  }
  if ("list" in kind)
    return listOf<Cell, Vector["type"]>(
      cells.map((cell) => (Array.isArray(cell) ? cell : null)),
      (items) => columnOf(kind.list, items),
    );
  const objects = cells.map((cell) =>
    typeof cell === "object" && cell !== null && !Array.isArray(cell) ? cell : null,
  );
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

const asNumber = (cell: Cell): number | null => (typeof cell === "number" ? cell : null);
const asText = (cell: Cell): string | null =>
  cell === null || cell === undefined ? null : typeof cell === "string" ? cell : JSON.stringify(cell);
