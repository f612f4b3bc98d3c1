import { CreatedApiKey } from "@axlab/wire/rest";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createDataset } from "./calls.js";
import { stage } from "./stage.js";

const at = stage({ freshPlatform: true });

const spacesWith = async (key: string | undefined): Promise<number> => (await at.rest(key, "GET", "/v2/spaces")).status;
const row = (name: string): Locator =>
  at.page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: name });

describe("Members", () => {
  it("lists people with their roles at every level", async () => {
    await at.signIn("Ada Admin", "/settings/members");
    await row("Max Member").getByText("Playground: Member").waitFor();
    await row("Max Member").getByText("may use the API").waitFor();
    await row("Rea Reader").getByText("Playground: Read-Only Member").waitFor();
  });

  it("invites somebody, who signs in with the password that is shown once", async () => {
    await at.signIn("Ada Admin", "/settings/members");
    await at.page.getByRole("button", { name: "Invite" }).click();
    const dialog = at.page.getByRole("dialog");
    await dialog.getByLabel(/^Name/).fill("Nia New");
    await dialog.getByLabel(/^E-mail/).fill("nia@axlab.test");
    await dialog.getByRole("button", { name: "Invite" }).click();
    const password = (await dialog.locator("pre, code").first().innerText()).trim();
    expect(password.length).toBeGreaterThan(7);
    await dialog.getByRole("button", { name: "Done" }).click();
    await row("Nia New").getByText("nia@axlab.test").waitFor();
    const kept: unknown = await at.page.evaluate("document.documentElement.outerHTML");
    expect(String(kept)).not.toContain(password);
    const answer = await fetch(`${at.platform.url}/console/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-axlab-console": "1" },
      body: JSON.stringify({ email: "nia@axlab.test", password }),
    });
    expect(answer.status).toBe(200);
  });

  it("tells what removing somebody does to keys, and then does that", async () => {
    const { keys, organization, space } = at.platform;
    const made = await at.rest(keys["member"], "POST", "/v2/api-keys", {
      key_type: "SERVICE",
      name: "Nightly",
      organizations: [{ org_id: organization?.id, spaces: [{ space_id: space?.id }] }],
    });
    const { key: secret } = CreatedApiKey.parse(await made.json());
    await at.signIn("Ada Admin", "/settings/members");
    await row("Max Member").getByRole("button", { name: "Remove Max Member" }).click();
    const dialog = at.page.getByRole("dialog");
    await dialog.getByText(/Stops working: the user key “.*”/).waitFor();
    await dialog.getByText("Keeps working: the service key “Nightly”, made by Max Member.").waitFor();
    await dialog.getByRole("button", { name: "Remove Max Member" }).click();
    await row("Max Member").waitFor({ state: "detached" });
    expect(await spacesWith(keys["member"])).toBe(401);
    expect(await spacesWith(secret)).toBe(200);
  });

  it("changes a role, which counts at the next request of that person's key", async () => {
    expect(await createDataset(at, "readOnly", "before")).toBe(403);
    await at.signIn("Ada Admin", "/settings/members");
    await row("Rea Reader").getByRole("button", { name: "Roles of Rea Reader" }).click();
    await at.page.getByLabel("Role in the space Playground").selectOption({ label: "Member" });
    await at.page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    await row("Rea Reader").getByText("Playground: Member").waitFor();
    expect(await createDataset(at, "readOnly", "after")).toBe(201);
  });

  it("shows a reader the people, and why they may change nothing", async () => {
    await at.signIn("Rea Reader", "/settings/members");
    await at.page.getByText("Only an account admin may invite people.").waitFor();
    expect(await at.page.getByRole("button", { name: "Invite" }).isDisabled()).toBe(true);
    await row("Max Member").getByRole("button", { name: "Roles of Max Member" }).click();
    await at.page.getByText("Only a space admin may change this.").first().waitFor();
    expect(await at.page.getByLabel("Role in the space Playground").isDisabled()).toBe(true);
  });
});
