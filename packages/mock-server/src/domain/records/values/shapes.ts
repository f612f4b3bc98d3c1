import { numberAt } from "../arrow-access.js";
import { isMissing, itemsOf, rangeOf, type RowCheck, type ValueRule } from "./rule.js";
import type { Named } from "./texts.js";

type Point = readonly [x: number, y: number];
export type ShapeKind = "box" | "polygon";

const WANTS: Record<ShapeKind, string> = {
  box: "Every row has a list of boxes [x1, y1, x2, y2], no number negative, x1 < x2, y1 < y2.",
  polygon:
    "Every row has a list of polygons [x1, y1, x2, y2, …] of three vertices or more, no number negative, no vertex twice, no edges that cross.",
};

/** What is wrong with the coordinates of a shape; null: nothing. */
export function shapeProblem(kind: ShapeKind, numbers: readonly number[]): string | null {
  if (!numbers.every((number) => number >= 0)) return `has a ${kind} with a negative or missing number`;
  return kind === "box" ? boxProblem(numbers) : polygonProblem(numbers);
}

function boxProblem([x1 = 0, y1 = 0, x2 = 0, y2 = 0, ...more]: readonly number[]): string | null {
  if (more.length > 0) return `has a box of ${4 + more.length} numbers`;
  return x1 < x2 && y1 < y2 ? null : "has a box that is not x1 < x2, y1 < y2";
}

function polygonProblem(numbers: readonly number[]): string | null {
  if (numbers.length < 6 || numbers.length % 2 !== 0) return `has a polygon of ${numbers.length} numbers`;
  const points = Array.from({ length: numbers.length / 2 }, (_, index): Point => [
    numbers[2 * index] ?? 0,
    numbers[2 * index + 1] ?? 0,
  ]);
  if (new Set(points.map(([x, y]) => `${x},${y}`)).size < points.length) return "has a polygon with one vertex twice";
  return crosses(points) ? "has a polygon whose edges cross" : null;
}

function crosses(points: readonly Point[]): boolean {
  const next = (index: number): Point => points[(index + 1) % points.length] ?? [0, 0];
  for (const [first, a] of points.entries()) {
    for (const [second, c] of points.entries()) {
      const apart = second - first;
      // Neighbours share a vertex.
      if (apart < 2 || apart === points.length - 1) continue;
      if (meet(a, next(first), c, next(second))) return true;
    }
  }
  return false;
}

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const onSegment = (a: Point, b: Point, point: Point): boolean =>
  Math.min(a[0], b[0]) <= point[0] &&
  point[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= point[1] &&
  point[1] <= Math.max(a[1], b[1]);

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && onSegment(a, b, c)) ||
    (abd === 0 && onSegment(a, b, d)) ||
    (cda === 0 && onSegment(c, d, a)) ||
    (cdb === 0 && onSegment(c, d, b))
  );
}

export function coordinates({ column, name }: Named, kind: ShapeKind): ValueRule {
  return {
    code: kind === "box" ? "Invalid_Bounding_Boxes_Coordinates" : "Invalid_Polygon_Coordinates",
    columns: [column],
    wants: WANTS[kind],
    checkOf(columns) {
      const data = columns(name);
      const shapes = itemsOf(data);
      const numbers = itemsOf(shapes);
      if (data === undefined || shapes === undefined || numbers === undefined) return null;
      const [listRange, shapeRange] = [rangeOf(data), rangeOf(shapes)];
      return (row) => {
        if (isMissing(data, row)) return "is null";
        const [first, last] = listRange(row);
        for (let shape = first; shape < last; shape++) {
          if (isMissing(shapes, shape)) return `has a ${kind} that is null`;
          const [start, end] = shapeRange(shape);
          const values = Array.from({ length: end - start }, (_, at) =>
            isMissing(numbers, start + at) ? Number.NaN : numberAt(numbers, start + at),
          );
          if (kind === "box" && values.length < 4) return `has a box of ${values.length} numbers`;
          const problem = shapeProblem(kind, values);
          if (problem !== null) return problem;
        }
        return null;
      };
    },
  };
}

/** A category for each shape; an empty text passes. */
export function categories({ column, name }: Named, kind: ShapeKind): ValueRule {
  return {
    code: kind === "box" ? "Invalid_Bounding_Boxes_Categories" : "Invalid_Polygon_Categories",
    columns: [column],
    wants: "Every row has a list with a text for each shape.",
    checkOf: (columns) => eachItem(columns(name), () => null),
  };
}

/** A confidence for each shape. */
export function confidences({ column, name }: Named, kind: ShapeKind): ValueRule {
  return {
    code: kind === "box" ? "Invalid_Bounding_Boxes_Scores" : "Invalid_Polygon_Scores",
    columns: [column],
    wants: "Every row has a list with a number from 0 to 1 for each shape.",
    checkOf(columns) {
      const items = itemsOf(columns(name));
      return eachItem(columns(name), (item) => {
        const score = items === undefined ? 0 : numberAt(items, item);
        return score >= 0 && score <= 1 ? null : `has the score ${score}`;
      });
    },
  };
}

function eachItem(data: ReturnType<typeof itemsOf>, problem: (item: number) => string | null): RowCheck | null {
  const items = itemsOf(data);
  if (data === undefined || items === undefined) return null;
  const range = rangeOf(data);
  return (row) => {
    if (isMissing(data, row)) return "is null";
    const [first, last] = range(row);
    for (let item = first; item < last; item++) {
      const found = isMissing(items, item) ? "has a null in its list" : problem(item);
      if (found !== null) return found;
    }
    return null;
  };
}
