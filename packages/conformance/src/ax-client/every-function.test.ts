import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as client from "@arizeai/ax-client";
import { expect, it } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
/** What the suites of this folder say they check: the part of each title before its colon. */
const calls = readdirSync(here)
  .filter((file) => file.endsWith(".test.ts"))
  .flatMap((file) => [
    ...readFileSync(`${here}${file}`, "utf8").matchAll(/\bit(?:\.each)?\([\s\S]*?["'`]([^"'`:]+): /g),
  ])
  .map(([, title = ""]) => title)
  .join(" ");
const isClass = (value: unknown): boolean => typeof value === "function" && value.prototype instanceof Error;

it("every function that the client exports is named by a suite", () => {
  const functions = Object.entries(client).filter(([, value]) => typeof value === "function" && !isClass(value));
  const named = new Set(calls.match(/\w+/g));
  expect(functions.length).toBeGreaterThan(100);
  expect(functions.map(([name]) => name).filter((name) => !named.has(name))).toEqual([]);
});
