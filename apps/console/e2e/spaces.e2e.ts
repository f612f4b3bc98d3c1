import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createProject } from "./calls.js";
import { stage } from "./stage.js";

const at = stage({ freshPlatform: true });

/** What a list of REST says to a key, as text. */
const list = async (key: string, what: "spaces" | "projects"): Promise<string> =>
  (await at.rest(at.platform.keys[key], "GET", `/v2/${what}`)).text();
const dialog = (): Locator => at.page.getByRole("dialog");
const space = (name: string): Locator => at.page.getByRole("region", { name: `Space ${name}` });
const project = (name: string): Locator => at.page.getByRole("row").filter({ hasText: name });
const button = (name: string): Locator => at.page.getByRole("button", { name, exact: true });

async function saveSpace(label: string, name: string, isPrivate: boolean): Promise<void> {
  await dialog().getByLabel(/^Name/).fill(name);
  await dialog().getByLabel("Private").setChecked(isPrivate);
  await dialog().getByRole("button", { name: label }).click();
  await space(name)
    .getByText(isPrivate ? "Private" : "Public", { exact: true })
    .waitFor();
}

describe("Spaces & projects", () => {
  it("makes a public space, renames it and makes it private: then it is hidden from members", async () => {
    await at.signIn("Ada Admin", "/settings/spaces");
    await button("New space in Demo").click();
    await saveSpace("Create space", "Open house", false);
    expect(await list("member", "spaces")).toContain("Open house");
    await button("Edit Open house").click();
    await saveSpace("Save space", "Closed house", false);
    expect(await list("member", "spaces")).toContain("Closed house");
    await button("Edit Closed house").click();
    await saveSpace("Save space", "Closed house", true);
    expect(await list("member", "spaces")).not.toContain("Closed house");
    expect(await list("admin", "spaces")).toContain("Closed house");
  });

  it("restricts a project, which is hidden from a member until they are bound on it", async () => {
    await at.signIn("Ada Admin", "/settings/spaces");
    await button("New project in Playground").click();
    await dialog().getByLabel(/^Name/).fill("secret-chat");
    await dialog().getByRole("button", { name: "Create project" }).click();
    await project("secret-chat").getByText("Everybody with a role in the space").waitFor();
    expect(await list("member", "projects")).toContain("secret-chat");

    await button("Restrict secret-chat").click();
    await project("secret-chat").getByText("Restricted: admins and people bound on it").waitFor();
    expect(await list("member", "projects")).not.toContain("secret-chat");

    await button("People of secret-chat").click();
    await dialog().getByLabel("Person").selectOption({ label: "Max Member" });
    await dialog().getByLabel("Role").selectOption({ label: "Project Viewer" });
    await dialog().getByRole("button", { name: "Bind", exact: true }).click();
    await dialog().getByText("Max Member: Project Viewer on project secret-chat").waitFor();
    expect(await list("member", "projects")).toContain("secret-chat");
    expect(await list("readOnly", "projects")).not.toContain("secret-chat");

    await dialog().getByLabel("Role").selectOption({ label: "Project Editor" });
    await dialog()
      .getByText(/It replaces the role/)
      .waitFor();
    await dialog().getByRole("button", { name: "Bind", exact: true }).click();
    await dialog().getByText("Max Member: Project Editor on project secret-chat").waitFor();
    await dialog().getByRole("button", { name: "Done" }).click();
    await button("Lift restriction of secret-chat").click();
    await project("secret-chat").getByText("Everybody with a role in the space").waitFor();
    expect(await list("readOnly", "projects")).toContain("secret-chat");
  });

  it("lets an organization member make a space, which is then theirs to change", async () => {
    await at.signIn("Max Member", "/settings/spaces");
    expect(await button("Edit Playground").isDisabled()).toBe(true);
    await button("New space in Demo").click();
    await saveSpace("Create space", "Max's corner", true);
    await at.page.locator('button[aria-label="Edit Max\'s corner"]:enabled').waitFor();
    expect(await list("readOnly", "spaces")).not.toContain("Max's corner");
  });

  it("shows a reader what they may not do, with the reason", async () => {
    expect((await createProject(at, "member", "seen")).status).toBe(201);
    await at.signIn("Rea Reader", "/settings/spaces");
    await project("seen").waitFor();
    for (const [name, reason] of [
      ["New space in Demo", "Only a member or an admin of the organization may make spaces."],
      ["Edit Playground", "Only a space admin may change it."],
      ["New project in Playground", "You may not write here."],
      ["Restrict seen", "Only an admin may restrict it."],
    ] as const) {
      expect([name, await button(name).isDisabled()]).toEqual([name, true]);
      await at.page.getByText(reason).first().waitFor();
    }
    await button("People of seen").click();
    await dialog()
      .getByText(/Only a space admin, or whoever holds ROLE_BINDING_CREATE/)
      .waitFor();
    expect(await space("Vault").count()).toBe(0);
  });

  it("answers clearly when a name is taken", async () => {
    expect((await createProject(at, "member", "taken")).status).toBe(201);
    await at.signIn("Ada Admin", "/settings/spaces");
    await button("New project in Playground").click();
    await dialog().getByLabel(/^Name/).fill("taken");
    await dialog().getByRole("button", { name: "Create project" }).click();
    await dialog().getByRole("alert").getByText(/taken/).waitFor();
  });
});
