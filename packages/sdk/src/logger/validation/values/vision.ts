import type { ColumnUse } from "../../schema/columns.js";
import { columnData, isNull, itemsOf, numberAt, numbersAt, rangeOf } from "./column-data.js";
import { boxProblem, polygonProblem } from "./geometry.js";
import { Offenders, shown } from "./rule.js";
import type { ValueRule } from "./rule.js";

/** Boxes or polygons of a row (`Invalid_Bounding_Boxes_Coordinates`, `Invalid_Polygon_Coordinates`, §8.4). */
export function coordinates({ column, field, role }: ColumnUse): ValueRule {
  const boxes = role === "boxCoordinates";
  const problemOf = boxes ? boxProblem : polygonProblem;
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      const shapes = data === undefined ? undefined : itemsOf(data);
      if (data === undefined || shapes === undefined) return;
      for (let row = 0; row < data.length; row++) {
        if (isNull(data, row)) {
          offenders.add(firstRow + row, "null");
          continue;
        }
        const [start, end] = rangeOf(data, row);
        for (let shape = start; shape < end; shape++) {
          const problem = isNull(shapes, shape) ? "a null shape" : problemOf(numbersAt(shapes, shape));
          if (problem === undefined) continue;
          offenders.add(firstRow + row, problem);
          break;
        }
      }
    },
    violations: () =>
      offenders.report(
        boxes ? "Invalid_Bounding_Boxes_Coordinates" : "Invalid_Polygon_Coordinates",
        `${shown(column, field)} holds shapes that are not allowed`,
        { column, field },
        boxes
          ? "Each box is [x1, y1, x2, y2], none negative, x1 < x2 and y1 < y2."
          : "Each polygon has at least three vertices [x1, y1, x2, y2, …], none negative, none repeated, its edges not crossing.",
      ),
  };
}

/** Categories of the shapes: a list without nulls in every row (§8.4). Empty texts are allowed. */
export function categories({ column, field, role }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      const items = data === undefined ? undefined : itemsOf(data);
      if (data === undefined || items === undefined) return;
      for (let row = 0; row < data.length; row++) {
        const [start, end] = rangeOf(data, row);
        let bad = isNull(data, row);
        for (let item = start; item < end && !bad; item++) bad = isNull(items, item);
        if (bad) offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        role === "boxCategories" ? "Invalid_Bounding_Boxes_Categories" : "Invalid_Polygon_Categories",
        `${shown(column, field)} holds nulls`,
        { column, field },
        "Give every row a list with one text a shape.",
      ),
  };
}

/** Confidence scores of the shapes: a list in every row, each between 0 and 1 (§8.4). */
export function confidences({ column, field, role }: ColumnUse): ValueRule {
  const offenders = new Offenders();
  return {
    check(batch, firstRow) {
      const data = columnData(batch, column);
      const items = data === undefined ? undefined : itemsOf(data);
      if (data === undefined || items === undefined) return;
      for (let row = 0; row < data.length; row++) {
        const [start, end] = rangeOf(data, row);
        let bad = isNull(data, row);
        for (let item = start; item < end && !bad; item++) {
          const score = isNull(items, item) ? Number.NaN : numberAt(items, item);
          bad = !(score >= 0 && score <= 1);
        }
        if (bad) offenders.add(firstRow + row);
      }
    },
    violations: () =>
      offenders.report(
        role === "boxScores" ? "Invalid_Bounding_Boxes_Scores" : "Invalid_Polygon_Scores",
        `${shown(column, field)} holds scores that are not allowed`,
        { column, field },
        "Give every row a list with one score between 0 and 1 a shape.",
      ),
  };
}
