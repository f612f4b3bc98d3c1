import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";

// The snippets name files that do not exist, so the rules that need types are left out here.
const eslint = new ESLint({ overrideConfig: [tseslint.configs.disableTypeChecked] as never });

const rulesBroken = async (filePath: string, code: string): Promise<string[]> => {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId ?? `parse error: ${message.message}`);
};

const SDK = 'import { x } from "@axlab/sdk";\nx();\n';
const SERVER = 'import { x } from "@axlab/mock-server";\nx();\n';
const WIRE = 'import { x } from "@axlab/wire";\nx();\n';
const AUTH = 'import { x } from "@axlab/auth";\nx();\n';
const NODE = 'import { readFileSync } from "node:fs";\nreadFileSync("x");\n';
const BARE_NODE = 'import { readFileSync } from "fs";\nreadFileSync("x");\n';
const GRPC = 'import { x } from "@grpc/grpc-js";\nx();\n';
const HONO = 'import { x } from "hono";\nx();\n';

describe("the arrows between packages", () => {
  it.each([
    ["auth imports no other package", "packages/auth/src/x.ts", WIRE],
    ["nor do its tests", "packages/auth/src/x.test.ts", SDK],
    ["wire does not import the sdk", "packages/wire/src/x.ts", SDK],
    ["wire does not import the platform", "packages/wire/src/rest/x.ts", SERVER],
    ["sdk does not import the platform", "packages/sdk/src/x.ts", SERVER],
    ["nor from its Node-only part", "packages/sdk/src/flight/x.ts", SERVER],
    ["nor from its tests", "packages/sdk/src/x.test.ts", SERVER],
    ["the platform does not import the sdk", "packages/mock-server/src/lab/x.ts", SDK],
    ["nor from a deeper layer", "packages/mock-server/src/domain/datasets/x.ts", SDK],
    ["nobody imports the application", "packages/mock-server/src/x.ts", 'import "axlab";\n'],
    ["nobody imports another package's files", "apps/platform/src/x.ts", 'import "@axlab/wire/src/ids.js";\n'],
    ["nor by a relative path", "packages/sdk/src/x.ts", 'import "../../wire/src/ids.js";\n'],
  ])("%s", async (_claim, file, code) => {
    expect(await rulesBroken(file, code)).toContain("no-restricted-imports");
  });

  it.each([
    ["wire imports auth", "packages/wire/src/x.ts", AUTH],
    ["sdk imports wire", "packages/sdk/src/x.ts", WIRE],
    ["the platform imports wire", "packages/mock-server/src/x.ts", WIRE],
    ["the application imports the sdk", "apps/platform/src/x.ts", SDK],
    ["and the platform", "apps/platform/src/x.ts", SERVER],
    ["a neighbour's file", "packages/sdk/src/x.ts", 'import "./flight/x.js";\n'],
  ])("but %s", async (_claim, file, code) => {
    expect(await rulesBroken(file, code)).toEqual([]);
  });
});

describe("folders that run in a browser", () => {
  it.each([
    ["packages/auth/src/x.ts", NODE],
    ["packages/wire/src/arrow/x.ts", NODE],
    ["packages/sdk/src/logger/x.ts", NODE],
    ["packages/sdk/src/logger/x.ts", BARE_NODE],
    ["packages/sdk/src/logger/x.ts", GRPC],
  ])("%s imports no Node built-in and no gRPC", async (file, code) => {
    expect(await rulesBroken(file, code)).toContain("no-restricted-imports");
  });

  it("use no Node global", async () => {
    expect(await rulesBroken("packages/sdk/src/x.ts", 'export const bytes = Buffer.from("x");\n')).toContain(
      "no-restricted-globals",
    );
    expect(await rulesBroken("packages/auth/src/x.ts", "export const key = process.env.KEY;\n")).toContain(
      "no-restricted-globals",
    );
  });

  it.each([
    ["packages/sdk/src/flight/x.ts", GRPC],
    ["packages/sdk/src/node/x.ts", NODE],
    ["packages/sdk/src/logger/x.test.ts", NODE],
    ["packages/mock-server/src/x.ts", NODE],
  ])("unlike %s", async (file, code) => {
    expect(await rulesBroken(file, code)).toEqual([]);
  });
});

describe("the layers of the platform", () => {
  it.each([
    ["the domain knows no HTTP", "packages/mock-server/src/domain/datasets/x.ts", HONO],
    ["the domain knows no gRPC", "packages/mock-server/src/domain/datasets/x.ts", GRPC],
    [
      "the domain calls no surface",
      "packages/mock-server/src/domain/datasets/x.ts",
      'import "../../surfaces/rest/app.js";\n',
    ],
    ["the store calls no domain", "packages/mock-server/src/store/x.ts", 'import "../domain/datasets/index.js";\n'],
    ["a surface asks no database", "packages/mock-server/src/surfaces/rest/x.ts", 'import "kysely";\n'],
  ])("%s", async (_claim, file, code) => {
    expect(await rulesBroken(file, code)).toContain("no-restricted-imports");
  });

  it("let a surface call the domain", async () => {
    expect(
      await rulesBroken("packages/mock-server/src/surfaces/rest/x.ts", 'import "../../domain/datasets/index.js";\n'),
    ).toEqual([]);
  });
});

describe("how code is written", () => {
  const file = "packages/sdk/src/x.ts";

  it("a type assertion says why it is right", async () => {
    const code = "export const f = (value: unknown): string => value as string;\n";
    expect(await rulesBroken(file, code)).toEqual(["axlab/boundary-assertion"]);
    expect(await rulesBroken(file, `// boundary: the caller checked it\n${code}`)).toEqual([]);
    expect(await rulesBroken(file, code.replace(";\n", "; // boundary: the caller checked it\n"))).toEqual([]);
    expect(await rulesBroken(file, 'export const names = ["a"] as const;\n')).toEqual([]);
  });

  it("a file stays under 300 lines of code, comments and blanks aside", async () => {
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, i) => `export const x${String(i)} = ${String(i)};\n`).join("");
    expect(await rulesBroken(file, lines(301))).toEqual(["max-lines"]);
    expect(await rulesBroken(file, `${"// why\n\n".repeat(50)}${lines(300)}`)).toEqual([]);
    expect(await rulesBroken("packages/sdk/src/x.test.ts", lines(301))).toEqual([]);
  });

  it.each([
    ["no any", "export const f = (value: any): void => void value;\n", "@typescript-eslint/no-explicit-any"],
    ["no !", "export const f = (value?: string): string => value!;\n", "@typescript-eslint/no-non-null-assertion"],
    [
      "type imports say so",
      'import { X } from "./y.js";\nexport const x: X = 1;\n',
      "@typescript-eslint/consistent-type-imports",
    ],
  ])("%s", async (_claim, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule);
  });

  it("no promise is dropped (the rule needs types, so its setting is read)", async () => {
    const config: unknown = await eslint.calculateConfigForFile("packages/auth/src/index.ts");
    expect(config).toHaveProperty(["rules", "@typescript-eslint/no-misused-promises"]);
    const strict: unknown = await new ESLint().calculateConfigForFile("packages/auth/src/index.ts");
    expect(strict).toMatchObject({ rules: { "@typescript-eslint/no-floating-promises": [2] } });
  });
});

describe("what the SDK loads when it is first needed", () => {
  it.each(["axios", "graphql", "@axlab/wire/rest"])("%s is not imported before", async (name) => {
    const broken = "@typescript-eslint/no-restricted-imports";
    expect(await rulesBroken("packages/sdk/src/x.ts", `import { x } from "${name}";\nx();\n`)).toContain(broken);
    expect(await rulesBroken("packages/sdk/src/x.ts", `export { x } from "${name}";\n`)).toContain(broken);
  });

  it.each([
    ["packages/sdk/src/x.ts", 'import type { X } from "axios";\nexport const x = (y: X): X => y;\n'],
    ["packages/sdk/src/x.ts", 'export const x = () => import("axios");\n'],
    ["packages/sdk/src/rest/operations.ts", 'import * as rest from "@axlab/wire/rest";\nexport const x = rest;\n'],
  ])("%s: %s", async (file, code) => {
    expect(await rulesBroken(file, code)).toEqual([]);
  });
});
