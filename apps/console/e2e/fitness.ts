import axe, { type AxeResults } from "axe-core";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const PICTURES = fileURLToPath(new URL("../../../docs/screenshots/", import.meta.url));
/** Pictures are part of the documentation; CI only looks whether the pages are fit for everybody. */
const takesPictures = process.env["CI"] === undefined;

interface View {
  width: 360 | 1440;
  scheme: "light" | "dark";
}
/** Both widths and both schemes, and a picture of each. */
const PICTURED: readonly View[] = [
  { width: 1440, scheme: "light" },
  { width: 360, scheme: "dark" },
];
const CROSSED: readonly View[] = [
  { width: 1440, scheme: "dark" },
  { width: 360, scheme: "light" },
];

/**
 * Expects that axe-core has nothing to complain about and nothing is wider than the window: of a page in both widths and both schemes, of
 * what opens on it in one scheme each.
 * @param name of its pictures; null: it shows a secret, and has none
 */
export async function fitForEverybody(
  page: Page,
  name: string | null,
  what: "page" | "opened" = "page",
): Promise<void> {
  await page.waitForLoadState("networkidle");
  const complaints: string[] = [];
  for (const view of what === "page" ? [...PICTURED, ...CROSSED] : PICTURED) {
    const { width, scheme } = view;
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
    const found = [...(await violations(page)), ...(await sticksOut(page))];
    complaints.push(...found.map((text) => `${width} px, ${scheme}: ${text}`));
    if (takesPictures && name !== null && PICTURED.includes(view)) await picture(page, `${name}-${width}`);
  }
  expect(complaints).toEqual([]);
}

/** As `rule: element`. axe-core is run by the debugger, since the page's own policy allows no foreign script. */
async function violations(page: Page): Promise<string[]> {
  const loaded = await page.evaluate("typeof axe === 'object'");
  if (loaded !== true) await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate<AxeResults>(
    // This rule axe leaves out unless it is asked for.
    "axe.run(document, { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } })",
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ""}`),
  );
}

/** What is wider than the window. */
async function sticksOut(page: Page): Promise<string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return pixels > 0 ? [`the page is ${pixels} px wider than the window`] : [];
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}${name}.png` });
}
