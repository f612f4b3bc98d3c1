import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { createServiceKey, createUserKey, openApiKeys, saved } from "./keys.js";
import { stage } from "./stage.js";

const at = stage();

/** The names of the choices of a group, those that cannot be chosen in brackets. */
async function offered(page: Page, group: string): Promise<string[]> {
  const radios = await page.getByRole("radiogroup", { name: group }).getByRole("radio").all();
  return Promise.all(
    radios.map(async (radio: Locator) => {
      const name = await radio.evaluate(
        (input) =>
          input.closest("[data-mantine-radio], .mantine-Radio-root")?.querySelector("label")?.textContent ?? "",
      );
      return (await radio.isDisabled()) ? `(${name})` : name;
    }),
  );
}

describe("who may create service keys", () => {
  it.each([
    {
      person: "Ada Admin",
      space: ["Admin", "Member", "Read-Only Member"],
      organization: ["Admin", "Member", "Read-Only Member"],
      account: ["Admin", "Member"],
    },
    {
      person: "Max Member",
      space: ["(Admin)", "Member", "Read-Only Member"],
      organization: ["(Admin)", "Member", "Read-Only Member"],
      account: ["(Admin)", "Member"],
    },
  ])("$person is offered the roles up to their own", async ({ person, space, organization, account }) => {
    const page = await at.signIn(person);
    await openApiKeys(page, "Service Keys");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await page.getByRole("button", { name: "Advanced" }).click();
    expect(await offered(page, "Space Role")).toEqual(space);
    expect(await offered(page, "Org Role")).toEqual(organization);
    expect(await offered(page, "Account Role")).toEqual(account);
    await page.getByLabel("Key Name").fill(`by ${person}`);
    await page.getByRole("button", { name: "Create Key" }).click();
    expect(await page.getByLabel("Secret", { exact: true }).textContent()).toMatch(/^ak-/);
    await saved(page);
  });

  it("Max Member reads why a role is above theirs", async () => {
    const page = await at.signIn("Max Member");
    await openApiKeys(page, "Service Keys");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await page.getByText("Above your own role. You are Member in Playground.").waitFor();
  });

  it("Rea Reader, a Read-Only Member, reads why there can be none, and can make a user key", async () => {
    const page = await at.signIn("Rea Reader");
    await openApiKeys(page, "Service Keys");
    const notice = page.getByRole("alert", { name: "You cannot create service keys" });
    expect(await notice.textContent()).toContain("You are Read-Only Member in Playground.");
    await page.getByRole("button", { name: "New API Key" }).click();
    expect(await page.getByRole("radio", { name: "Service key" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Create Key" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await createUserKey(page, "reads only")).toMatch(/^ak-/);
  });
});

describe("two people at once", () => {
  it("each stay themselves, and one who loses a role while the dialog is open is told so", async () => {
    const [max, ada] = await Promise.all([at.signIn("Max Member"), at.signIn("Ada Admin")]);
    await createServiceKey(ada, "of Ada");
    await saved(ada);
    await openApiKeys(max, "Service Keys");
    await max.getByRole("row", { name: /of Ada/ }).waitFor();
    await max.getByRole("button", { name: "New API Key" }).click();
    await max.getByLabel("Key Name").fill("too late");
    await max.getByRole("checkbox", { name: "Playground" }).check();
    const { keys, space, users } = at.platform;
    const lowered = await at.rest(keys["admin"], "POST", `/v2/spaces/${encodeURIComponent(space?.id ?? "")}/users`, {
      user_id: users["member"],
      role: { type: "PREDEFINED", name: "READ_ONLY" },
    });
    expect(lowered.status).toBe(200);
    await max.getByRole("button", { name: "Create Key" }).click();
    await max.getByRole("alert", { name: "You may not do this" }).waitFor();
    expect(await max.getByRole("dialog").textContent()).toContain("SERVICE_KEY_CREATE");
    await max.getByText("You are Read-Only Member in Playground.").first().waitFor();
    await ada.getByRole("button", { name: "Account menu of Ada Admin" }).waitFor();
  });

  it("removing somebody ends their session and their user key, and not the service key they made", async () => {
    const { keys } = at.platform;
    const page = await at.signIn("Ada Admin");
    const made = await at.rest(keys["admin"], "POST", "/v2/users", {
      name: "Nia New",
      email: "nia@demo.axlab.dev",
      role: { type: "PREDEFINED", name: "ADMIN" },
      invite_mode: "NONE",
    });
    const { id } = (await made.json()) as { id: string };
    await page.close();
    const nia = await at.signIn("Nia New");
    const userKey = await createUserKey(nia, "Nia's own");
    await saved(nia);
    const serviceKey = await createServiceKey(nia, "Nia's pipeline");
    await saved(nia);
    expect((await at.rest(keys["admin"], "DELETE", `/v2/users/${encodeURIComponent(id)}`)).status).toBe(204);
    expect((await at.rest(userKey, "GET", "/v2/spaces")).status).toBe(401);
    expect((await at.rest(serviceKey, "GET", "/v2/spaces")).status).toBe(200);
    await nia.getByRole("tab", { name: "User Keys" }).click();
    await nia.getByRole("heading", { name: "Sign in to axlab" }).waitFor();
    const ada = await at.signIn("Ada Admin");
    await openApiKeys(ada, "Service Keys");
    expect(await ada.getByRole("row", { name: /Nia's pipeline/ }).textContent()).toContain("Nia New");
  });
});
