import { openFile } from "@axlab/sdk/files";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { sendSampleData } from "./sample-data.js";
import { stage } from "./stage.js";

const at = stage();
beforeAll(() => sendSampleData(at));

const tab = (name: string) => at.page.getByRole("tab", { name });
const row = (table: string, name: string | RegExp) =>
  at.page.getByRole("table", { name: table }).getByRole("row", { name });

async function downloaded(button: string): Promise<string> {
  return readFile(await pathOf(button), "utf8");
}

async function pathOf(button: string): Promise<string> {
  const [download] = await Promise.all([
    at.page.waitForEvent("download"),
    at.page.getByRole("button", { name: button }).click(),
  ]);
  return download.path();
}

describe("Data", () => {
  it("shows the spans of a project and the waterfall of a trace", async () => {
    await at.signIn("Rea Reader", "/data");
    await at.page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    await row("Spans", /book.*ERROR/).waitFor();
    await at.page.getByRole("button", { name: "Trace of plan a trip" }).click();
    const steps = at.page.getByRole("dialog").getByRole("list", { name: "Waterfall" }).getByRole("listitem");
    await steps.first().waitFor();
    const texts = await steps.allInnerTexts();
    expect(texts.map((text) => text.split("\n")[0])).toEqual(["plan a trip", "ask the model", "book"]);
    expect(texts[1]).toMatch(/400 ms, after 100 ms/);
    expect(texts[2]).toMatch(/400 ms, after 500 ms, failed[^]*full/);
    const bar = steps.nth(1).locator("rect").nth(1);
    expect([await bar.getAttribute("x"), await bar.getAttribute("width")]).toEqual(["10.00%", "40.00%"]);
  });

  it("shows the versions and examples of a dataset", async () => {
    await at.signIn("Rea Reader", "/data");
    await tab("Datasets").click();
    await at.page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    await row("Examples", /Capital of France\?.*Paris.*3/).waitFor();
    await at.page.getByLabel("Version").selectOption({ label: "v1" });
    await row("Examples", /level/).waitFor({ state: "detached" });
    await row("Examples", /Capital of France\?.*Paris/).waitFor();
  });

  it("compares two experiments by example, with mean scores", async () => {
    await at.signIn("Rea Reader", "/data");
    await tab("Experiments").click();
    await at.page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    await row("By example", /Lyon exact: 0 Paris exact: 0\.5/).waitFor();
    await row("Mean scores", /exact 0\.25 of 2 runs 0\.75 of 2 runs/).waitFor();
    await at.page.getByLabel("Compared with").selectOption({ label: "Nothing" });
    await row("Mean scores", /0\.75/).waitFor({ state: "detached" });
  });

  it("downloads every example and every span as CSV", async () => {
    await at.signIn("Rea Reader", "/data");
    await at.page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    const spans = (await downloaded("Download CSV")).trim().split("\r\n");
    expect(spans).toHaveLength(4);
    expect(spans[0]).toContain("context.trace_id,context.span_id,name");
    await tab("Datasets").click();
    await at.page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    const examples = await downloaded("Download CSV");
    expect(examples.trim().split("\r\n")).toHaveLength(3);
    expect(examples).toContain('"Capital of ""Peru"", please"');
    expect(examples.split("\r\n")[0]?.split(",")).toEqual(
      expect.arrayContaining(["id", "question", "answer", "level"]),
    );
  });

  it("downloads the examples as Parquet, which the SDK reads", async () => {
    await at.signIn("Rea Reader", "/data");
    await tab("Datasets").click();
    await at.page.getByLabel("Dataset", { exact: true }).selectOption({ label: "capitals" });
    const file = await openFile({ file: await pathOf("Download Parquet"), format: "parquet" });
    const rows: unknown[] = [];
    for await (const batch of file) for (const row of batch) rows.push(row.toJSON());
    expect(rows).toEqual([
      expect.objectContaining({ question: "Capital of France?", answer: "Paris", level: 3 }),
      expect.objectContaining({ question: 'Capital of "Peru", please', answer: "Lima", level: null }),
    ]);
  });

  it("shows the records of a model by environment, newest first, and downloads all of them", async () => {
    await at.signIn("Rea Reader", "/data");
    await at.page.getByLabel("Project", { exact: true }).selectOption({ label: "flights" });
    const table = at.page.getByRole("table", { name: "Production records" });
    await table.getByRole("row", { name: /f59.*14\.75.*29\.5/ }).waitFor();
    expect(await table.getByRole("row").count()).toBe(1 + 50);
    await at.page.getByRole("button", { name: "Show more" }).click();
    await table.getByRole("row", { name: /f0 / }).waitFor();
    const lines = (await downloaded("Download CSV")).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 60);
    expect(lines[1]).toContain('"Air ""One"", Ltd"');

    await at.page.getByLabel("Shown").selectOption({ label: "Training records" });
    await at.page.getByRole("table", { name: "Training records" }).getByRole("row", { name: /f1/ }).waitFor();
    const file = await openFile({ file: await pathOf("Download Parquet"), format: "parquet" });
    const rows: unknown[] = [];
    for await (const batch of file) for (const row of batch) rows.push(row.toJSON());
    expect(rows).toEqual([
      expect.objectContaining({ predictionID: "f1", numericPredictionLabel: 0.25, carrier: 'Air "One", Ltd' }),
      expect.objectContaining({ predictionID: "f0", numericActualLabel: 0 }),
    ]);
  });

  it("shows how many rows each key has sent", async () => {
    await at.signIn("Ada Admin", "/data");
    const sent = at.page.getByRole("table", { name: "Rows received" }).getByRole("row", { name: /65 rows/ });
    await sent.waitFor();
    await sent.getByRole("img", { name: /at most \d+ in a minute/ }).waitFor();
  });
});
