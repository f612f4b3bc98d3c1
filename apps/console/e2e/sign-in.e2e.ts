import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
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

describe("sign-in", () => {
  it("lists the demo's people, and signs one in without a password", async () => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto("/");
    await page.getByRole("button", { name: /Ada Admin/ }).click();
    await page.getByRole("heading", { name: "API Keys" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/settings/api-keys");
    for (const label of ["Members", "Roles", "Spaces & projects", "Audit log", "Data", "Requests", "Try a key"])
      await page.getByRole("link", { name: label }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps the session in a cookie that scripts cannot read", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: /Max Member/ }).click();
    await page.getByRole("button", { name: /Account menu of Max Member/ }).waitFor();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await page.reload();
    await page.getByRole("button", { name: /Account menu of Max Member/ }).waitFor();
  });

  it("switches the person, and signs out", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: /Max Member/ }).click();
    await page.getByRole("button", { name: /Account menu of Max Member/ }).click();
    await page.getByRole("menuitem", { name: "Rea Reader" }).click();
    await page.getByRole("button", { name: /Account menu of Rea Reader/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to axlab" }).waitFor();
    expect(await context.cookies()).toEqual([]);
  });

  it("loads at most 250 kB, compressed, before the first page stands, be it for signing in or for whoever is signed in", async () => {
    const signingIn = await loaded("Sign in to axlab");
    await page.getByRole("button", { name: /Max Member/ }).click();
    await page.getByRole("heading", { name: "API Keys" }).waitFor();
    const session = await context.cookies();
    await context.close();
    context = await browser.newContext({ baseURL: platform.url });
    await context.addCookies(session);
    page = await context.newPage();
    const signedIn = await loaded("API Keys");
    for (const size of [signingIn, signedIn]) {
      expect(size).toBeGreaterThan(100_000);
      expect(size).toBeLessThanOrEqual(250_000);
    }
  });
});

/** Bytes that came over the wire until the page with this heading stood. */
async function loaded(heading: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  const count = (request: Request): void => {
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  };
  page.on("requestfinished", count);
  await page.goto("/");
  await page.getByRole("heading", { name: heading }).waitFor();
  await page.waitForLoadState("networkidle");
  page.off("requestfinished", count);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
