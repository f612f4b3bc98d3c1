import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Platform } from "../../platform.js";
import { testDatabase } from "../../testing/database.js";
import { CASES } from "../../testing/matrix/cases.js";
import { routeKey, runMatrix, type Matrix } from "../../testing/matrix/run.js";
import { SUBJECTS } from "../../testing/matrix/principals.js";
import { renderMatrix } from "../../testing/matrix/table.js";
import { ROUTES } from "./routes/index.js";

const PAGE = new URL("../../../../../docs/permissions.md", import.meta.url);
let platform: Platform;
let matrix: Matrix;

describe("the permission matrix", () => {
  beforeAll(async () => {
    platform = await Platform.create({ seed: "empty", db: await testDatabase() });
    matrix = await runMatrix(platform);
  }, 400_000);
  afterAll(() => platform.close());

  it("asks every route there is, and no other (a new route needs a case in testing/matrix/cases.ts)", () => {
    expect([...new Set(CASES.map(({ route }) => route))].sort()).toEqual(ROUTES.map(routeKey).sort());
  });

  it("finds every answer as decided by the route's rule, and documented for the route", () => {
    expect(matrix.wrong).toEqual([]);
  });

  it("sees each operation allowed to somebody and refused to somebody", () => {
    for (const { asked, place, cells } of matrix.rows) {
      expect(cells.size).toBe(SUBJECTS.length);
      const answers = new Set(cells.values());
      if (place === "foreign") expect([asked.route, answers.has("✓")]).toEqual([asked.route, false]);
      else if (place === "own")
        expect([asked.route, asked.label, answers.has("✓"), answers.size > 1]).toEqual([
          asked.route,
          asked.label,
          true,
          true,
        ]);
    }
  });

  it("is what docs/permissions.md shows", () => {
    const page = renderMatrix(matrix.rows);
    if (process.env.UPDATE_PERMISSIONS === "1") writeFileSync(PAGE, page);
    expect(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "").toBe(page);
  });
});
