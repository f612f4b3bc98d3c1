import type { Page } from "playwright-core";

/** Opens a page of the console as one of the demo's people. */
export async function signIn(page: Page, name: string, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: `Account menu of ${name}` }).waitFor();
}
