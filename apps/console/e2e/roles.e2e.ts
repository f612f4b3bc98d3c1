import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launch } from "./browser.js";
import { startPlatform, type RunningPlatform } from "./platform.js";
import { signIn } from "./sign-in.js";

let platform: RunningPlatform;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  platform = await startPlatform();
  context = await browser.newContext({ baseURL: platform.url });
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await platform.stop();
});

const createDataset = async (name: string): Promise<number> =>
  (
    await fetch(`${platform.url}/v2/datasets`, {
      method: "POST",
      headers: { authorization: `Bearer ${platform.keys["readOnly"]}`, "content-type": "application/json" },
      body: JSON.stringify({ name, space_id: platform.space?.id, examples: [{ a: 1 }] }),
    })
  ).status;
const row = (table: string, name: string): Locator =>
  page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: name });
const dialog = (): Locator => page.getByRole("dialog");

async function makeRole(name: string, permissions: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "New role" }).click();
  await dialog().getByLabel(/^Name/).fill(name);
  expect(await dialog().getByRole("button", { name: "Create role" }).isDisabled()).toBe(true);
  for (const permission of permissions) {
    await dialog().getByLabel("Find a permission").fill(permission);
    await dialog().getByRole("checkbox", { name: permission, exact: true }).check();
  }
  await dialog().getByRole("button", { name: "Create role" }).click();
  await row("Custom roles", name).waitFor();
}

async function bindRea(role: string): Promise<void> {
  await row("Custom roles", role)
    .getByRole("button", { name: `Bind people to ${role}` })
    .click();
  await dialog().getByText("Nobody is bound yet.").waitFor();
  await dialog().getByLabel("Person").selectOption({ label: "Rea Reader" });
  await dialog().getByLabel("On", { exact: true }).selectOption({ label: "space Playground" });
  await dialog().getByRole("button", { name: "Bind", exact: true }).click();
  await dialog().getByText(`Rea Reader: ${role} on space Playground`).waitFor();
  await dialog().getByRole("button", { name: "Done" }).click();
  await row("Custom roles", role).getByText("Rea Reader on space Playground").waitFor();
}

describe("Roles", () => {
  it("makes a role by the picker and binds it: its holder may do just that until it is taken away", async () => {
    expect(await createDataset("before")).toBe(403);
    await signIn(page, "Ada Admin", "/settings/roles");
    await makeRole("Writer", ["DATASET_CREATE", "DATASET_EXAMPLE_CREATE"]);
    expect(await createDataset("made, not bound")).toBe(403);
    await bindRea("Writer");
    expect(await createDataset("bound")).toBe(201);

    await row("Custom roles", "Writer").getByRole("button", { name: "Bind people to Writer" }).click();
    await dialog().getByRole("button", { name: "Unbind Rea Reader: Writer on space Playground" }).click();
    await dialog().getByText("Nobody is bound yet.").waitFor();
    expect(await createDataset("unbound")).toBe(403);
  });

  it("changes and deletes a role, which counts for whoever holds it", async () => {
    await signIn(page, "Ada Admin", "/settings/roles");
    await makeRole("Writer", ["DATASET_CREATE", "PROMPT_CREATE"]);
    await bindRea("Writer");
    expect(await createDataset("bound")).toBe(201);
    await row("Custom roles", "Writer").getByRole("button", { name: "Edit Writer" }).click();
    await dialog().getByRole("checkbox", { name: "All of Dataset", exact: true }).check();
    await dialog().getByText("5 permissions").waitFor();
    await dialog().getByRole("checkbox", { name: "All of Dataset", exact: true }).uncheck();
    await dialog().getByRole("button", { name: "Save role" }).click();
    await dialog().waitFor({ state: "detached" });
    expect(await createDataset("changed")).toBe(403);

    await row("Custom roles", "Writer").getByRole("button", { name: "Delete Writer" }).click();
    await dialog()
      .getByText(/hold nothing by it any more: Rea Reader on space Playground/)
      .waitFor();
    await dialog().getByRole("button", { name: "Delete Writer" }).click();
    await page.getByText("No custom role has been made yet.").waitFor();
  });

  it("begins with the permissions of a managed role, and says when a name is taken", async () => {
    await signIn(page, "Ada Admin", "/settings/roles");
    await page.getByRole("button", { name: "New role" }).click();
    await dialog().getByLabel("Begin with the permissions of").selectOption({ label: "Project Viewer" });
    await dialog().getByText("4 permissions").waitFor();
    await dialog().getByLabel(/^Name/).fill("Project Viewer");
    await dialog().getByRole("button", { name: "Create role" }).click();
    await dialog()
      .getByText(/"Project Viewer" is already there/)
      .waitFor();
  });

  it("shows a reader every role, and why they may change none", async () => {
    await signIn(page, "Rea Reader", "/settings/roles");
    await page.getByText("Only an account admin may make and change roles.").waitFor();
    expect(await page.getByRole("button", { name: "New role" }).isDisabled()).toBe(true);
    await row("Managed roles", "Space Admin").getByRole("button", { name: "Look at Space Admin" }).click();
    await dialog().getByRole("checkbox", { name: "DATASET_CREATE", exact: true }).waitFor();
    expect(await dialog().getByRole("checkbox", { name: "DATASET_CREATE", exact: true }).isDisabled()).toBe(true);
    expect(await dialog().getByRole("button", { name: "Save role" }).count()).toBe(0);
  });

  it.each([
    ["light", 360],
    ["dark", 1440],
  ] as const)("fits %s at %d px", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, "Ada Admin", "/settings/roles");
    await row("Managed roles", "Space Admin").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    await page.getByRole("button", { name: "New role" }).click();
    await dialog().getByText("0 permissions").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
  });
});
