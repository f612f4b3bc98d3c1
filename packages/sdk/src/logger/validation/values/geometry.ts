type Point = readonly [x: number, y: number];

/** What is wrong with a box `[x1, y1, x2, y2]`, or undefined. */
export function boxProblem(box: readonly number[]): string | undefined {
  const [x1, y1, x2, y2] = box;
  if (box.length !== 4 || x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined)
    return `a box of ${box.length} numbers`;
  if (!box.every((value) => value >= 0)) return `a box with a negative or missing coordinate: [${box.join(", ")}]`;
  if (x1 >= x2 || y1 >= y2) return `a box without area: [${box.join(", ")}]`;
  return undefined;
}

/** What is wrong with a polygon `[x1, y1, x2, y2, …]`, or undefined. */
export function polygonProblem(coordinates: readonly number[]): string | undefined {
  if (coordinates.length < 6 || coordinates.length % 2 !== 0) return `a polygon of ${coordinates.length} numbers`;
  if (!coordinates.every((value) => value >= 0)) return "a polygon with a negative or missing coordinate";
  const points = pairs(coordinates);
  if (new Set(points.map(([x, y]) => `${x},${y}`)).size !== points.length) return "a polygon with a repeated vertex";
  return crossesItself(points) ? "a polygon that crosses itself" : undefined;
}

function pairs(coordinates: readonly number[]): readonly Point[] {
  const points: Point[] = [];
  for (let index = 0; index + 1 < coordinates.length; index += 2)
    points.push([coordinates[index] ?? 0, coordinates[index + 1] ?? 0]);
  return points;
}

/** Whether two edges that do not share a vertex meet. */
function crossesItself(points: readonly Point[]): boolean {
  const edges = points.map((point, index): readonly [Point, Point] => [
    point,
    points[(index + 1) % points.length] ?? point,
  ]);
  return edges.some(([a, b], first) =>
    edges.some(([c, d], second) => {
      const neighbours = Math.abs(first - second) <= 1 || Math.abs(first - second) === edges.length - 1;
      return second > first && !neighbours && meet(a, b, c, d);
    }),
  );
}

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const between = (a: Point, b: Point, point: Point): boolean =>
  point[0] >= Math.min(a[0], b[0]) &&
  point[0] <= Math.max(a[0], b[0]) &&
  point[1] >= Math.min(a[1], b[1]) &&
  point[1] <= Math.max(a[1], b[1]);

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && between(a, b, c)) ||
    (abd === 0 && between(a, b, d)) ||
    (cda === 0 && between(c, d, a)) ||
    (cdb === 0 && between(c, d, b))
  );
}
