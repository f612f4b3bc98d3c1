import { ArizeClient } from "@axlab/sdk";
import { openFile } from "@axlab/sdk/files";
import axe from "axe-core";
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { launch } from "./browser.js";
import { startPlatform, type RunningPlatform } from "./platform.js";
import { signIn } from "./sign-in.js";

let platform: RunningPlatform;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const Created = z.looseObject({ id: z.string() });
const Examples = z.looseObject({ examples: z.array(Created) });

async function call(method: string, path: string, body?: object): Promise<Response> {
  const response = await fetch(`${platform.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${platform.keys["service"]}`,
      "arize-space-id": platform.space?.id ?? "",
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect([path, response.status]).toEqual([path, method === "POST" && path !== "/v1/traces" ? 201 : 200]);
  return response;
}
const create = async (path: string, body: object) => Created.parse(await (await call("POST", path, body)).json());

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const span = (spanId: string, name: string, from: number, to: number, rest: object = {}) => {
  const begin = Date.now() - 60_000;
  const nano = (ms: number): string => `${begin + ms}000000`;
  return { traceId: TRACE, spanId, name, startTimeUnixNano: nano(from), endTimeUnixNano: nano(to), ...rest };
};

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launch()]);
  const dataset = await create("/v2/datasets", {
    name: "capitals",
    space_id: platform.space?.id,
    examples: [
      { question: "Capital of France?", answer: "Paris" },
      { question: 'Capital of "Peru", please', answer: "Lima" },
    ],
  });
  const path = `/v2/datasets/${dataset.id}/examples`;
  const { examples } = Examples.parse(await (await call("GET", path)).json());
  const experiment = (name: string, outputs: string[], score: number) =>
    create("/v2/experiments", {
      name,
      dataset_id: dataset.id,
      experiment_runs: outputs.map((output, index) => ({
        example_id: examples[index]?.id,
        output,
        "eval.exact.score": score + index / 2,
      })),
    });
  await experiment("small model", ["Lyon", "Lima"], 0);
  await experiment("large model", ["Paris", "Lima"], 0.5);
  await call("PATCH", path, { examples: [{ id: examples[0]?.id, level: 3 }], new_version: "with levels" });
  const attributes = [{ key: "openinference.project.name", value: { stringValue: "travel" } }];
  const spans = [
    span("0000000000000001", "plan a trip", 0, 1000),
    span("0000000000000002", "ask the model", 100, 500, { parentSpanId: "0000000000000001" }),
    span("0000000000000003", "book", 500, 900, {
      parentSpanId: "0000000000000001",
      status: { code: 2, message: "full" },
    }),
  ];
  await call("POST", "/v1/traces", { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
  await logFlights("PRODUCTION", 60);
  await logFlights("TRAINING", 2);
});

/** Regression records `f0`, `f1`, …, a second apart, with a feature of text that wants quotes in a CSV. */
async function logFlights(environment: "PRODUCTION" | "TRAINING", rows: number): Promise<void> {
  const { url: baseUrl, space, keys } = platform;
  const client = new ArizeClient({ baseUrl, apiKey: keys["service"] ?? "", spaceId: space?.id ?? "" });
  const begin = Date.now() - rows * 1000;
  const flights = Array.from({ length: rows }, (_, row) => ({
    id: `f${row}`,
    at: new Date(begin + row * 1000),
    guess: row / 4,
    delay: row / 2,
    carrier: 'Air "One", Ltd',
  }));
  await client.logger.log(flights, {
    modelId: "flights",
    modelType: "REGRESSION",
    environment,
    modelVersion: "1",
    schema: {
      predictionIdColumnName: "id",
      timestampColumnName: "at",
      predictionLabelColumnName: "guess",
      actualLabelColumnName: "delay",
      featureColumnNames: ["carrier"],
    },
  });
}
afterAll(async () => {
  await browser.close();
  await platform.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ baseURL: platform.url });
  page = await context.newPage();
});
afterEach(() => context.close());

const tab = (name: string) => page.getByRole("tab", { name });
const row = (table: string, name: string | RegExp) =>
  page.getByRole("table", { name: table }).getByRole("row", { name });

async function downloaded(button: string): Promise<string> {
  return readFile(await pathOf(button), "utf8");
}

async function pathOf(button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return download.path();
}

describe("Data", () => {
  it("shows the spans of a project and the waterfall of a trace", async () => {
    await signIn(page, "Rea Reader", "/data");
    await page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    await row("Spans", /book.*ERROR/).waitFor();
    await page.getByRole("button", { name: "Trace of plan a trip" }).click();
    const steps = page.getByRole("dialog").getByRole("list", { name: "Waterfall" }).getByRole("listitem");
    await steps.first().waitFor();
    const texts = await steps.allInnerTexts();
    expect(texts.map((text) => text.split("\n")[0])).toEqual(["plan a trip", "ask the model", "book"]);
    expect(texts[1]).toMatch(/400 ms, after 100 ms/);
    expect(texts[2]).toMatch(/400 ms, after 500 ms, failed[^]*full/);
    const bar = steps.nth(1).locator("rect").nth(1);
    expect([await bar.getAttribute("x"), await bar.getAttribute("width")]).toEqual(["10.00%", "40.00%"]);
  });

  it("shows the versions and examples of a dataset", async () => {
    await signIn(page, "Rea Reader", "/data");
    await tab("Datasets").click();
    await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    await row("Examples", /Capital of France\?.*Paris.*3/).waitFor();
    await page.getByLabel("Version").selectOption({ label: "v1" });
    await row("Examples", /level/).waitFor({ state: "detached" });
    await row("Examples", /Capital of France\?.*Paris/).waitFor();
  });

  it("compares two experiments by example, with mean scores", async () => {
    await signIn(page, "Rea Reader", "/data");
    await tab("Experiments").click();
    await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    await row("By example", /Lyon exact: 0 Paris exact: 0\.5/).waitFor();
    await row("Mean scores", /exact 0\.25 of 2 runs 0\.75 of 2 runs/).waitFor();
    await page.getByLabel("Compared with").selectOption({ label: "Nothing" });
    await row("Mean scores", /0\.75/).waitFor({ state: "detached" });
  });

  it("downloads every example and every span as CSV", async () => {
    await signIn(page, "Rea Reader", "/data");
    await page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    const spans = (await downloaded("Download CSV")).trim().split("\r\n");
    expect(spans).toHaveLength(4);
    expect(spans[0]).toContain("context.trace_id,context.span_id,name");
    await tab("Datasets").click();
    await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    const examples = await downloaded("Download CSV");
    expect(examples.trim().split("\r\n")).toHaveLength(3);
    expect(examples).toContain('"Capital of ""Peru"", please"');
    expect(examples.split("\r\n")[0]?.split(",")).toEqual(
      expect.arrayContaining(["id", "question", "answer", "level"]),
    );
  });

  it("downloads the examples as Parquet, which the SDK reads", async () => {
    await signIn(page, "Rea Reader", "/data");
    await tab("Datasets").click();
    await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    const file = await openFile({ file: await pathOf("Download Parquet"), format: "parquet" });
    const rows: unknown[] = [];
    for await (const batch of file) for (const row of batch) rows.push(row.toJSON());
    expect(rows).toEqual([
      expect.objectContaining({ question: "Capital of France?", answer: "Paris", level: 3 }),
      expect.objectContaining({ question: 'Capital of "Peru", please', answer: "Lima", level: null }),
    ]);
  });

  it("shows the records of a model by environment, newest first, and downloads all of them", async () => {
    await signIn(page, "Rea Reader", "/data");
    await page.getByLabel("Project", { exact: true }).selectOption({ label: "flights" });
    const table = page.getByRole("table", { name: "Production records" });
    await table.getByRole("row", { name: /f59.*14\.75.*29\.5/ }).waitFor();
    expect(await table.getByRole("row").count()).toBe(1 + 50);
    await page.getByRole("button", { name: "Show more" }).click();
    await table.getByRole("row", { name: /f0 / }).waitFor();
    const lines = (await downloaded("Download CSV")).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 60);
    expect(lines[1]).toContain('"Air ""One"", Ltd"');

    await page.getByLabel("Shown").selectOption({ label: "Training records" });
    await page.getByRole("table", { name: "Training records" }).getByRole("row", { name: /f1/ }).waitFor();
    const file = await openFile({ file: await pathOf("Download Parquet"), format: "parquet" });
    const rows: unknown[] = [];
    for await (const batch of file) for (const row of batch) rows.push(row.toJSON());
    expect(rows).toEqual([
      expect.objectContaining({ predictionID: "f1", numericPredictionLabel: 0.25, carrier: 'Air "One", Ltd' }),
      expect.objectContaining({ predictionID: "f0", numericActualLabel: 0 }),
    ]);
  });

  it("shows how many rows each key has sent", async () => {
    await signIn(page, "Ada Admin", "/data");
    const sent = page.getByRole("table", { name: "Rows received" }).getByRole("row", { name: /65 rows/ });
    await sent.waitFor();
    await sent.getByRole("img", { name: /at most \d+ in a minute/ }).waitFor();
  });

  it.each([
    ["light", 360],
    ["dark", 1440],
  ] as const)("fits %s at %d px and is accessible", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, "Ada Admin", "/data");
    for (const [name, table] of [
      ["Projects", "Spans"],
      ["Datasets", "Examples"],
      ["Experiments", "By example"],
    ] as const) {
      await tab(name).click();
      const thing = page.getByLabel(name === "Projects" ? "Project" : "Dataset", { exact: true });
      await thing.selectOption({ label: name === "Projects" ? "travel" : "capitals" });
      await page.getByRole("table", { name: table }).waitFor();
      await check(name);
    }
    await tab("Projects").click();
    await page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    await page.getByRole("button", { name: "Trace of book" }).click();
    await page.getByRole("list", { name: "Waterfall" }).waitFor();
    await check("Waterfall");
  });
});

async function check(what: string): Promise<void> {
  const wider: unknown = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect([what, wider]).toEqual([what, 0]);
  await page.evaluate(axe.source);
  const violations: unknown = await page.evaluate(
    "axe.run(document.querySelector('[aria-label=Waterfall]') ?? { include: ['[role=tabpanel]', '[role=table]'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))",
  );
  expect([what, violations]).toEqual([what, []]);
  const folder = process.env["AXLAB_SCREENSHOTS"];
  if (folder !== undefined)
    await page.screenshot({ path: `${folder}/data-${what}-${page.viewportSize()?.width}.png`, fullPage: true });
}
