import { float64Column, int64Column, listColumn, listOf, structColumn, utf8Column } from "@axlab/wire/arrow";
import type { Vector } from "apache-arrow";

/** The value of one column of a single record, in a type that batches have too, so that both merge. */
export type Cell =
  | { type: "text"; value: string }
  | { type: "int"; value: bigint }
  | { type: "double"; value: number }
  | { type: "texts"; value: readonly string[] }
  | { type: "doubles"; value: readonly (number | null)[] }
  | { type: "coordinates"; value: readonly (readonly number[])[] }
  | { type: "classes"; value: readonly { name: string; score: number }[] };

export type Cells = Map<string, Cell>;

export const text = (value: string): Cell => ({ type: "text", value });
export const double = (value: number): Cell => ({ type: "double", value });

/** One column of cells of one type; undefined where a record has none. */
export function columnOfCells(type: Cell["type"], cells: readonly (Cell | undefined)[]): Vector {
  switch (type) {
    case "text":
      return utf8Column(cells.map((cell) => (cell?.type === "text" ? cell.value : null)));
    case "int":
      return int64Column(cells.map((cell) => (cell?.type === "int" ? cell.value : null)));
    case "double":
      return float64Column(cells.map((cell) => (cell?.type === "double" ? cell.value : null)));
    case "texts":
      return listColumn(
        cells.map((cell) => (cell?.type === "texts" ? cell.value : null)),
        "utf8",
      );
    case "doubles":
      return listColumn(
        cells.map((cell) => (cell?.type === "doubles" ? cell.value : null)),
        "float64",
      );
    case "coordinates":
      return listOf(
        cells.map((cell) => (cell?.type === "coordinates" ? cell.value : null)),
        (items) => listColumn(items, "float64"),
      );
    case "classes":
      return listOf(
        cells.map((cell) => (cell?.type === "classes" ? cell.value : null)),
        (items) =>
          structColumn({
            class_name: utf8Column(items.map(({ name }) => name)),
            score: float64Column(items.map(({ score }) => score)),
          }),
      );
  }
}
