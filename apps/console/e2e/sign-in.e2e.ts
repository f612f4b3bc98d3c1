import type { Page, Request } from "playwright-core";
import { describe, expect, it } from "vitest";
import { stage } from "./stage.js";

const at = stage();

describe("sign-in", () => {
  it("lists the demo's people, and signs one in without a password", async () => {
    const page = await at.open();
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
    const page = await at.signIn("Max Member");
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await page.reload();
    await page.getByRole("button", { name: /Account menu of Max Member/ }).waitFor();
  });

  it("switches the person, and signs out", async () => {
    const page = await at.signIn("Max Member");
    await page.getByRole("button", { name: /Account menu of Max Member/ }).click();
    await page.getByRole("menuitem", { name: "Rea Reader" }).click();
    await page.getByRole("button", { name: /Account menu of Rea Reader/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to axlab" }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it("loads at most 250 kB, compressed, before the first page stands, be it for signing in or for whoever is signed in", async () => {
    const page = await at.open();
    const signingIn = await loaded(page, "Sign in to axlab");
    await page.getByRole("button", { name: /Max Member/ }).click();
    await page.getByRole("heading", { name: "API Keys" }).waitFor();
    const withoutCache = await at.open();
    await withoutCache.context().addCookies(await page.context().cookies());
    const signedIn = await loaded(withoutCache, "API Keys");
    for (const size of [signingIn, signedIn]) {
      expect(size).toBeGreaterThan(100_000);
      expect(size).toBeLessThanOrEqual(250_000);
    }
  });
});

/** Bytes that came over the wire until the page with this heading stood. */
async function loaded(page: Page, heading: string): Promise<number> {
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
