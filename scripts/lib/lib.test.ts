import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compatibilityPage } from "../compatibility.mjs";
import { countReport, describeFailures, sum } from "../sum-results.mjs";
import { findPostgres, startPostgres } from "./postgres.mjs";
import { checkNode, needsInstall } from "./prepare.mjs";
import { outputOf, ROOT } from "./process.mjs";

const installed = await findPostgres();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "axlab-scripts-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("before anything runs", () => {
  it("an old Node is refused with what to install", () => {
    expect(() => checkNode("20.18.1")).toThrow(/needs Node 20\.19 or newer; this is Node 20\.18\.1/);
    expect(() => checkNode("18.20.0")).toThrow(/needs Node/);
    for (const version of ["20.19.0", "20.20.2", "22.0.0"]) expect(() => checkNode(version)).not.toThrow();
  });

  it("packages are installed once for each lockfile", () => {
    writeFileSync(join(folder, "pnpm-lock.yaml"), "one");
    expect(needsInstall(folder)).toBe(true);
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "node_modules", ".axlab-installed"), createHash("sha256").update("one").digest("hex"));
    expect(needsInstall(folder)).toBe(false);
    writeFileSync(join(folder, "pnpm-lock.yaml"), "two");
    expect(needsInstall(folder)).toBe(true);
  });

  it("an unknown command names the known ones", () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/run.mjs"), "strat"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/Unknown command strat; there are: start, tour, test/),
    });
  });
});

describe("PostgreSQL for a test run", () => {
  it("is the newest that Debian has", async () => {
    for (const version of ["9", "15", "17"]) {
      mkdirSync(join(folder, version, "bin"), { recursive: true });
      writeFileSync(join(folder, version, "bin", "initdb"), "");
    }
    expect(await findPostgres(folder)).toBe(join(folder, "17", "bin"));
  });

  it.skipIf(installed === undefined)("answers on its port, and is gone after stop", async () => {
    const postgres = await startPostgres();
    const port = new URL(postgres.url).port;
    const answers = (): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => resolve((socket.destroy(), true)));
        socket.once("error", () => resolve(false));
      });
    expect(await answers()).toBe(true);
    await postgres.stop();
    expect(await answers()).toBe(false);
  });
});

describe("the last line of .ci/run", () => {
  const report = (passed: number, failed: number, testResults: unknown[] = []): string =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });

  it("sums tests and steps", () => {
    writeFileSync(join(folder, "a.json"), report(5, 0));
    writeFileSync(join(folder, "b.json"), report(7, 2));
    expect(sum({ passed: 3, failed: 1 }, [join(folder, "a.json"), join(folder, "b.json")])).toEqual({
      passed: 15,
      failed: 3,
    });
  });

  it("counts a test file that fails to load", () => {
    const broken = { status: "failed", assertionResults: [] };
    const failing = { status: "failed", assertionResults: [{ status: "failed" }] };
    expect(countReport(report(1, 1, [broken, failing]))).toEqual({ passed: 1, failed: 2 });
  });

  it("counts a suite that wrote no report", () => {
    expect(sum({ passed: 0, failed: 0 }, [join(folder, "missing.json")])).toEqual({ passed: 0, failed: 1 });
  });

  it("is preceded by what failed", () => {
    const test = { status: "failed", fullName: "keys expire", failureMessages: ["expected 401\nat keys.test.ts:3"] };
    const fine = { status: "passed", fullName: "keys work" };
    expect(
      describeFailures(
        report(1, 1, [
          { name: "keys.test.ts", status: "failed", assertionResults: [test, fine] },
          { name: "broken.test.ts", status: "failed", assertionResults: [], message: "Cannot find module" },
          { name: "fine.test.ts", status: "passed", assertionResults: [fine] },
        ]),
      ),
    ).toEqual([
      "keys.test.ts > keys expire\n  expected 401\n  at keys.test.ts:3",
      "broken.test.ts: Cannot find module",
    ]);
  });

  it("is printed with an exit code", async () => {
    writeFileSync(join(folder, "a.json"), report(5, 0));
    const script = join(ROOT, "scripts/sum-results.mjs");
    expect(await outputOf(process.execPath, [script, "2", "0", join(folder, "a.json")])).toBe("7 passed, 0 failed");
    expect(await outputOf(process.execPath, [script, "2", "1", join(folder, "a.json")])).toBeUndefined();
  });
});

describe("docs/compatibility.md", () => {
  const tests = (client: string, ...titles: [string, string][]): unknown => ({
    assertionResults: titles.map(([title, status]) => ({ ancestorTitles: [client], title, status })),
  });

  it("has a line a call with the outcome of its checks", () => {
    const page = compatibilityPage({
      testResults: [
        tests(
          "a 1.0",
          ["get: reads", "passed"],
          ["get: 404: hidden", "passed"],
          ["put: writes", "failed"],
          ["put: twice", "passed"],
          ["log: rows", "pending"],
        ),
        tests("b 2.0, which was not there", ["log: rows", "pending"]),
      ],
    });
    expect(page.split("\n").filter((line) => line.startsWith("| `"))).toEqual([
      "| `get` | 2 | passes |",
      "| `log` | 0 | not run |",
      "| `put` | 2 | **1 of 2 fail** |",
    ]);
    expect(page).toContain("## a 1.0\n\n3 calls, 4 checks.");
    expect(page).not.toContain("b 2.0");
  });
});
