import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { startPlatform, type RunningPlatform } from "./platform.js";
import { signIn } from "./sign-in.js";

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

const createKey = (key: string, name: string): Promise<Response> =>
  fetch(`${platform.url}/v2/api-keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${platform.keys[key]}`, "content-type": "application/json" },
    body: JSON.stringify({ key_type: "USER", name }),
  });
const createRole = (key: string): Promise<Response> =>
  fetch(`${platform.url}/v2/roles`, {
    method: "POST",
    headers: { authorization: `Bearer ${platform.keys[key]}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "mine", permissions: ["DATASET_READ"] }),
  });

describe("the audit log", () => {
  it("tells an account admin who did what with which outcome, and filters it", async () => {
    expect((await createKey("member", "audited")).status).toBe(201);
    expect((await createRole("member")).status).toBe(403);
    await signIn(page, "Ada Admin", "/settings/audit-log");
    const rows = page.getByRole("table", { name: "Audit log" }).getByRole("row");
    await rows.filter({ hasText: "POST /v2/api-keys" }).filter({ hasText: "Max Member" }).first().waitFor();
    await rows.filter({ hasText: "POST /v2/roles" }).filter({ hasText: "403 forbidden" }).first().waitFor();
    await rows.filter({ hasText: "sign-in" }).first().waitFor();

    await page.getByLabel("Outcome").selectOption("refused");
    await rows.filter({ hasText: "POST /v2/api-keys" }).first().waitFor({ state: "detached" });
    expect(await rows.filter({ hasText: "403 forbidden" }).count()).toBeGreaterThan(0);
    await page.getByLabel("Outcome").selectOption("");
    await page.getByLabel("Person").selectOption({ label: "Max Member" });
    await rows.filter({ hasText: "Ada Admin" }).first().waitFor({ state: "detached" });
    await page.getByLabel("Action").fill("api-keys");
    await rows.filter({ hasText: "POST /v2/roles" }).first().waitFor({ state: "detached" });
    await rows.filter({ hasText: "POST /v2/api-keys" }).first().waitFor();
    await page.getByLabel("Action").fill("nothing like it");
    await page.getByText("No entry matches the filter.").waitFor();
  });

  it("says to everybody else whose it is", async () => {
    await signIn(page, "Max Member", "/settings/audit-log");
    await page.getByText("Only an account admin of").waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
  });
});
