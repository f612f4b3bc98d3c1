import type { Page } from "playwright-core";

/** The documented steps, by what a person reads on the page. */

export async function openApiKeys(page: Page, tab: "User Keys" | "Service Keys"): Promise<void> {
  await page.getByRole("link", { name: "API Keys" }).click();
  await page.getByRole("tab", { name: tab }).click();
}

export async function createUserKey(page: Page, name: string): Promise<string> {
  await openApiKeys(page, "User Keys");
  await page.getByRole("button", { name: "New API Key" }).click();
  await page.getByRole("radio", { name: "User key" }).check();
  await page.getByLabel("Key Name").fill(name);
  await page.getByRole("button", { name: "Create Key" }).click();
  return secretOn(page);
}

export async function createServiceKey(page: Page, name: string, role = "Member"): Promise<string> {
  await openApiKeys(page, "Service Keys");
  await page.getByRole("button", { name: "New API Key" }).click();
  await page.getByRole("radio", { name: "Service key" }).check();
  await page.getByLabel("Key Name").fill(name);
  await page.getByRole("checkbox", { name: "Playground" }).check();
  await page.getByRole("radiogroup", { name: "Space Role" }).getByRole("radio", { name: role, exact: true }).check();
  await page.getByRole("button", { name: "Create Key" }).click();
  return secretOn(page);
}

/** What the dialog shows, once. */
export async function secretOn(page: Page): Promise<string> {
  const secret = await page.getByLabel("Secret", { exact: true }).textContent();
  return secret ?? "";
}

export async function saved(page: Page): Promise<void> {
  await page.getByRole("button", { name: "I saved it" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
