import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createDataset } from "./calls.js";
import { stage } from "./stage.js";

const at = stage({ freshPlatform: true });

const row = (table: string, name: string): Locator =>
  at.page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: name });
const dialog = (): Locator => at.page.getByRole("dialog");

async function makeRole(name: string, permissions: readonly string[]): Promise<void> {
  await at.page.getByRole("button", { name: "New role" }).click();
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
    expect(await createDataset(at, "readOnly", "before")).toBe(403);
    await at.signIn("Ada Admin", "/settings/roles");
    await makeRole("Writer", ["DATASET_CREATE", "DATASET_EXAMPLE_CREATE"]);
    expect(await createDataset(at, "readOnly", "made, not bound")).toBe(403);
    await bindRea("Writer");
    expect(await createDataset(at, "readOnly", "bound")).toBe(201);

    await row("Custom roles", "Writer").getByRole("button", { name: "Bind people to Writer" }).click();
    await dialog().getByRole("button", { name: "Unbind Rea Reader: Writer on space Playground" }).click();
    await dialog().getByText("Nobody is bound yet.").waitFor();
    expect(await createDataset(at, "readOnly", "unbound")).toBe(403);
  });

  it("changes and deletes a role, which counts for whoever holds it", async () => {
    await at.signIn("Ada Admin", "/settings/roles");
    await makeRole("Writer", ["DATASET_CREATE", "PROMPT_CREATE"]);
    await bindRea("Writer");
    expect(await createDataset(at, "readOnly", "bound")).toBe(201);
    await row("Custom roles", "Writer").getByRole("button", { name: "Edit Writer" }).click();
    await dialog().getByRole("checkbox", { name: "All of Dataset", exact: true }).check();
    await dialog().getByText("5 permissions").waitFor();
    await dialog().getByRole("checkbox", { name: "All of Dataset", exact: true }).uncheck();
    await dialog().getByRole("button", { name: "Save role" }).click();
    await dialog().waitFor({ state: "detached" });
    expect(await createDataset(at, "readOnly", "changed")).toBe(403);

    await row("Custom roles", "Writer").getByRole("button", { name: "Delete Writer" }).click();
    await dialog()
      .getByText(/hold nothing by it any more: Rea Reader on space Playground/)
      .waitFor();
    await dialog().getByRole("button", { name: "Delete Writer" }).click();
    await at.page.getByText("No custom role has been made yet.").waitFor();
  });

  it("begins with the permissions of a managed role, and says when a name is taken", async () => {
    await at.signIn("Ada Admin", "/settings/roles");
    await at.page.getByRole("button", { name: "New role" }).click();
    await dialog().getByLabel("Begin with the permissions of").selectOption({ label: "Project Viewer" });
    await dialog().getByText("4 permissions").waitFor();
    await dialog().getByLabel(/^Name/).fill("Project Viewer");
    await dialog().getByRole("button", { name: "Create role" }).click();
    await dialog()
      .getByText(/"Project Viewer" is already there/)
      .waitFor();
  });

  it("shows a reader every role, and why they may change none", async () => {
    await at.signIn("Rea Reader", "/settings/roles");
    await at.page.getByText("Only an account admin may make and change roles.").waitFor();
    expect(await at.page.getByRole("button", { name: "New role" }).isDisabled()).toBe(true);
    await row("Managed roles", "Space Admin").getByRole("button", { name: "Look at Space Admin" }).click();
    await dialog().getByRole("checkbox", { name: "DATASET_CREATE", exact: true }).waitFor();
    expect(await dialog().getByRole("checkbox", { name: "DATASET_CREATE", exact: true }).isDisabled()).toBe(true);
    expect(await dialog().getByRole("button", { name: "Save role" }).count()).toBe(0);
  });
});
