import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { stage } from "./stage.js";

const at = stage();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
/** Pictures are part of the documentation; CI only looks whether the pages are fit for everybody. */
const takesPictures = process.env["CI"] === undefined;

const PAGES = [
  "/settings/api-keys",
  "/settings/members",
  "/settings/roles",
  "/settings/spaces",
  "/settings/audit-log",
  "/data",
  "/requests",
  "/try-a-key",
];
const VIEWS = [
  { width: 1440, scheme: "light" },
  { width: 1440, scheme: "dark" },
  { width: 360, scheme: "light" },
  { width: 360, scheme: "dark" },
] as const;

/** axe-core's complaints, as `rule: element`. It is run by the debugger, since the page's own policy allows no foreign script. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
  );
}

/** What is wider than the window. */
const sticksOut = async (page: Page): Promise<string[]> => {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return pixels > 0 ? [`the page is ${pixels} px wider than the window`] : [];
};

/** Looks at what is shown in both widths and both schemes. @param name of its pictures; null: it shows a secret, and has none */
async function fitForEverybody(page: Page, name: string | null): Promise<void> {
  await page.waitForLoadState("networkidle");
  const complaints: string[] = [];
  for (const { width, scheme } of VIEWS) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    const found = [...(await violations(page)), ...(await sticksOut(page))];
    complaints.push(...found.map((text) => `${width} px, ${scheme}: ${text}`));
    if (takesPictures && name !== null && width < 600 === (scheme === "dark")) await picture(page, `${name}-${width}`);
  }
  expect(complaints).toEqual([]);
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png` });
}

describe("is fit for everybody, wide and narrow, light and dark", () => {
  it("sign-in", async () => {
    const page = await at.open();
    await page.goto("/");
    await page.getByRole("heading", { name: "Sign in to axlab" }).waitFor();
    await fitForEverybody(page, "sign-in");
  });

  it.each(PAGES)("%s", async (path) => {
    const page = await at.signIn("Ada Admin");
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await fitForEverybody(page, path.split("/").at(-1) ?? "page");
  });

  it("the dialogs of API Keys", async () => {
    const page = await at.signIn("Max Member");
    await page.getByRole("tab", { name: "Service Keys" }).click();
    await page.getByRole("row", { name: /Playground pipeline/ }).waitFor();
    await fitForEverybody(page, "service-keys");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByLabel("Key Name").fill("Nightly pipeline");
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await page.getByRole("button", { name: "Advanced" }).click();
    await page.getByRole("radiogroup", { name: "Account Role" }).waitFor();
    await fitForEverybody(page, "new-api-key");
    await page.getByRole("button", { name: "Create Key" }).click();
    await page.getByRole("button", { name: "I saved it" }).waitFor();
    await fitForEverybody(page, null);
    await page.getByRole("button", { name: "I saved it" }).click();
    await page.getByRole("button", { name: "Revoke Nightly pipeline" }).click();
    await page.getByRole("button", { name: "Revoke Key" }).waitFor();
    await fitForEverybody(page, "revoke");
  });
});
