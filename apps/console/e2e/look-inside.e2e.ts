import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { signIn } from "./sign-in.js";
import { startPlatform, type RunningPlatform } from "./platform.js";

let platform: RunningPlatform;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ baseURL: platform.url });
  page = await context.newPage();
});
afterEach(() => context.close());

const createDataset = (key: string, name: string): Promise<Response> =>
  fetch(`${platform.url}/v2/datasets`, {
    method: "POST",
    headers: { authorization: `Bearer ${platform.keys[key]}`, "content-type": "application/json" },
    body: JSON.stringify({ name, space_id: platform.space?.id, examples: [{ a: 1 }] }),
  });
describe("Try a key", () => {
  it("answers with the grant that allows it, as the request with that key is answered", async () => {
    await signIn(page, "Ada Admin", "/try-a-key");
    await page.getByLabel("Key", { exact: true }).selectOption("pasted");
    await page.getByLabel(/^The key/).fill(platform.keys["service"] ?? "");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("heading", { name: "Yes" }).waitFor();
    await page.getByText("the space role MEMBER holds DATASET_CREATE").waitFor();
    expect((await createDataset("service", "asked first")).status).toBe(201);
  });

  it("names the permission that is missing", async () => {
    await signIn(page, "Ada Admin", "/try-a-key");
    await page.getByLabel("Key", { exact: true }).selectOption("pasted");
    await page.getByLabel(/^The key/).fill(platform.keys["readOnly"] ?? "");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("heading", { name: "No: it may not do that" }).waitFor();
    await page.getByText("Missing: DATASET_CREATE").waitFor();
    expect((await createDataset("readOnly", "refused")).status).toBe(403);
  });

  it("asks about oneself, and about what is hidden", async () => {
    await signIn(page, "Rea Reader", "/try-a-key");
    await page.getByRole("combobox", { name: "On", exact: true }).selectOption("other");
    await page.getByLabel(/^Id of the resource/).fill("nonsense");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("heading", { name: "No: to this key there is no such resource" }).waitFor();
  });

  it("keeps a pasted key nowhere", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await signIn(page, "Ada Admin", "/try-a-key");
    await page.getByLabel("Key", { exact: true }).selectOption("pasted");
    const key = platform.keys["member"] ?? "";
    await page.getByLabel(/^The key/).fill(key);
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("heading", { name: "Yes" }).waitFor();
    await page.getByRole("link", { name: "Requests" }).click();
    await page.getByRole("heading", { name: "Requests" }).waitFor();
    const kept: unknown = await page.evaluate(
      "document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href",
    );
    expect(String(kept)).not.toContain(key);
    expect(asked.join("\n")).not.toContain(key);
  });
});

describe("Requests", () => {
  it("shows a refused request as it comes in, with its key and decision", async () => {
    await signIn(page, "Ada Admin", "/requests");
    await createDataset("readOnly", "watched");
    const row = page.getByRole("row", { name: /POST \/v2\/datasets.*403 forbidden/ }).first();
    await row.waitFor();
    expect(await row.innerText()).toContain("Rea Reader");
    await row.getByRole("button", { name: /Open POST \/v2\/datasets/ }).click();
    await page.getByRole("dialog").getByText("DATASET_CREATE").waitFor();
  });

  it("opens a record with its headers and body, and shows no key", async () => {
    await signIn(page, "Ada Admin", "/requests");
    await fetch(`${platform.url}/v1/log`, {
      method: "POST",
      headers: {
        authorization: platform.keys["service"] ?? "",
        "grpc-metadata-arize-space-id": platform.space?.id ?? "",
      },
      body: JSON.stringify({
        model_id: "watched-model",
        prediction_id: "one",
        prediction: { model_type: "NUMERIC", label: { numeric: 1 }, timestamp: new Date().toISOString() },
      }),
    });
    await page
      .getByRole("button", { name: /Open POST \/v1\/log/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText('"watched-model"').waitFor();
    await dialog.getByRole("rowheader", { name: "authorization" }).waitFor();
    expect(await dialog.innerText()).not.toContain(platform.keys["service"]);
  });

  it("filters by decision, and stops when it shall", async () => {
    await signIn(page, "Ada Admin", "/requests");
    await createDataset("readOnly", "refused again");
    await page.getByLabel("Decision").selectOption("allowed");
    await page.getByRole("row", { name: /403/ }).first().waitFor({ state: "detached" });
    await page.getByLabel("Decision").selectOption("refused");
    await page
      .getByRole("row", { name: /403 forbidden/ })
      .first()
      .waitFor();
    expect(await page.getByRole("row", { name: /200 allowed|201 allowed/ }).count()).toBe(0);
  });

  it("shows a person their own requests only", async () => {
    await createDataset("service", "by the service");
    await signIn(page, "Rea Reader", "/requests");
    await createDataset("readOnly", "by the reader");
    await page
      .getByRole("row", { name: /POST \/v2\/datasets.*Rea Reader/ })
      .first()
      .waitFor();
    expect(await page.getByRole("row", { name: /201 allowed/ }).count()).toBe(0);
  });

  it.each([
    ["light", 360],
    ["dark", 1440],
  ] as const)("fits %s at %d px", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    for (const path of ["/requests", "/try-a-key"]) {
      if (path === "/requests") await signIn(page, "Ada Admin", path);
      else await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => undefined);
      const wider: unknown = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect([path, wider]).toEqual([path, 0]);
    }
  });
});
