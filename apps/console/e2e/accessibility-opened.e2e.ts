import type { Locator } from "playwright-core";
import { beforeAll, describe, it } from "vitest";
import { createDataset, createProject } from "./calls.js";
import { fitForEverybody } from "./fitness.js";
import { sendSampleData } from "./sample-data.js";
import { stage } from "./stage.js";

const at = stage();
beforeAll(async () => {
  await sendSampleData(at);
  await createProject(at, "member", "secret-chat");
  await createDataset(at, "readOnly", "refused");
});

const button = (name: string | RegExp): Locator => at.page.getByRole("button", { name, exact: true });
const dialog = (): Locator => at.page.getByRole("dialog");
const fit = (name: string | null): Promise<void> => fitForEverybody(at.page, name, "opened");

/** Presses a button, looks at the dialog it opens, and closes that. */
async function opens(name: string, picture: string | null): Promise<void> {
  await button(name).first().click();
  await dialog().waitFor();
  await fit(picture);
  await at.page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
}

describe("what opens on a page is fit for everybody", () => {
  it("the menus at the top", async () => {
    const page = await at.signIn("Ada Admin");
    await button("Account menu of Ada Admin").click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await fit(null);
    await page.keyboard.press("Escape");
    await button("Colors: light or dark").click();
    await page.getByRole("menuitem", { name: "Dark" }).waitFor();
    await fit(null);
  });

  it("the other way to sign in", async () => {
    const page = await at.open();
    await page.goto("/");
    await page.getByRole("tab", { name: "User key" }).click();
    await page.getByRole("tabpanel", { name: "User key" }).waitFor();
    await fit(null);
  });

  it("the dialogs of API Keys", async () => {
    const page = await at.signIn("Ada Admin");
    await page.getByRole("tab", { name: "Service Keys" }).click();
    await page.getByRole("row", { name: /Playground pipeline/ }).waitFor();
    await button("New API Key").click();
    await page.getByLabel("Key Name").fill("Nightly pipeline");
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await button("Advanced").click();
    await page.getByRole("radiogroup", { name: "Account Role" }).waitFor();
    await fit("new-api-key");
    await page.getByRole("checkbox", { name: "Vault" }).check();
    await page.getByRole("switch", { name: "Another role in some spaces" }).check();
    await fit("new-api-key-roles");
    await button("Create Key").click();
    await button("I saved it").waitFor();
    await fit(null);
    await button("I saved it").click();
    await opens("Refresh Nightly pipeline", null);
    await opens("Revoke Nightly pipeline", "revoke");
  });

  it("the dialogs of Members", async () => {
    await at.signIn("Ada Admin", "/settings/members");
    await opens("Roles of Max Member", "member-roles");
    await opens("Remove Max Member", "remove-member");
    await button("Invite").click();
    await dialog().getByLabel(/^Name/).fill("Nia New");
    await dialog()
      .getByLabel(/^E-mail/)
      .fill("nia@axlab.test");
    await fit("invite");
    await dialog().getByRole("button", { name: "Invite" }).click();
    await dialog().getByRole("button", { name: "Done" }).waitFor();
    await fit(null);
  });

  it("the dialogs of Roles", async () => {
    await at.rest(at.platform.keys["admin"], "POST", "/v2/roles", { name: "Writer", permissions: ["DATASET_CREATE"] });
    await at.signIn("Ada Admin", "/settings/roles");
    await opens("New role", "new-role");
    await opens("Look at Space Admin", null);
    await opens("Edit Writer", null);
    await opens("Bind people to Writer", "bind-people");
    await opens("Delete Writer", null);
  });

  it("the dialogs of Spaces & projects", async () => {
    await at.signIn("Ada Admin", "/settings/spaces");
    await opens("New space in Demo", null);
    await opens("Edit Playground", null);
    await opens("New project in Playground", null);
    await opens("People of secret-chat", "project-people");
  });

  it("the waterfall of a trace", async () => {
    const page = await at.signIn("Ada Admin", "/data");
    await page.getByLabel("Project", { exact: true }).selectOption({ label: "travel" });
    await button("Trace of book").click();
    await page.getByRole("list", { name: "Waterfall" }).waitFor();
    await fit("trace");
  });

  it("a request, opened", async () => {
    const page = await at.signIn("Ada Admin", "/requests");
    await page
      .getByRole("button", { name: /Open POST \/v2\/datasets/ })
      .first()
      .click();
    await dialog().getByText("DATASET_CREATE").waitFor();
    await fit(null);
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    await page
      .getByRole("button", { name: /Open POST \/v1\/pandas_arrow/ })
      .first()
      .click();
    await dialog().getByRole("table", { name: "Headers" }).waitFor();
    await fit("request");
  });
});
