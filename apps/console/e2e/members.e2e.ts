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

const spacesWith = async (key: string | undefined): Promise<number> =>
  (await fetch(`${platform.url}/v2/spaces`, { headers: { authorization: `Bearer ${key}` } })).status;
const createDataset = async (key: string, name: string): Promise<number> =>
  (
    await fetch(`${platform.url}/v2/datasets`, {
      method: "POST",
      headers: { authorization: `Bearer ${platform.keys[key]}`, "content-type": "application/json" },
      body: JSON.stringify({ name, space_id: platform.space?.id, examples: [{ a: 1 }] }),
    })
  ).status;
const row = (name: string): Locator =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: name });

describe("Members", () => {
  it("lists people with their roles at every level", async () => {
    await signIn(page, "Ada Admin", "/settings/members");
    await row("Max Member").getByText("Playground: Member").waitFor();
    await row("Max Member").getByText("may use the API").waitFor();
    await row("Rea Reader").getByText("Playground: Read-Only Member").waitFor();
  });

  it("invites somebody, who signs in with the password that is shown once", async () => {
    await signIn(page, "Ada Admin", "/settings/members");
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Name/).fill("Nia New");
    await dialog.getByLabel(/^E-mail/).fill("nia@axlab.test");
    await dialog.getByRole("button", { name: "Invite" }).click();
    const password = (await dialog.locator("pre, code").first().innerText()).trim();
    expect(password.length).toBeGreaterThan(7);
    await dialog.getByRole("button", { name: "Done" }).click();
    await row("Nia New").getByText("nia@axlab.test").waitFor();
    const kept: unknown = await page.evaluate("document.documentElement.outerHTML");
    expect(String(kept)).not.toContain(password);
    const answer = await fetch(`${platform.url}/console/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-axlab-console": "1" },
      body: JSON.stringify({ email: "nia@axlab.test", password }),
    });
    expect(answer.status).toBe(200);
  });

  it("tells what removing somebody does to keys, and then does that", async () => {
    const made = await fetch(`${platform.url}/v2/api-keys`, {
      method: "POST",
      headers: { authorization: `Bearer ${platform.keys["member"]}`, "content-type": "application/json" },
      body: JSON.stringify({
        key_type: "SERVICE",
        name: "Nightly",
        organizations: [{ org_id: platform.organization?.id, spaces: [{ space_id: platform.space?.id }] }],
      }),
    });
    const service: unknown = await made.json();
    const secret = typeof service === "object" && service !== null && "key" in service ? String(service.key) : "";
    await signIn(page, "Ada Admin", "/settings/members");
    await row("Max Member").getByRole("button", { name: "Remove Max Member" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/Stops working: the user key “.*”/).waitFor();
    await dialog.getByText("Keeps working: the service key “Nightly”, made by Max Member.").waitFor();
    await dialog.getByRole("button", { name: "Remove Max Member" }).click();
    await row("Max Member").waitFor({ state: "detached" });
    expect(await spacesWith(platform.keys["member"])).toBe(401);
    expect(await spacesWith(secret)).toBe(200);
  });

  it("changes a role, which counts at the next request of that person's key", async () => {
    expect(await createDataset("readOnly", "before")).toBe(403);
    await signIn(page, "Ada Admin", "/settings/members");
    await row("Rea Reader").getByRole("button", { name: "Roles of Rea Reader" }).click();
    await page.getByLabel("Role in the space Playground").selectOption({ label: "Member" });
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    await row("Rea Reader").getByText("Playground: Member").waitFor();
    expect(await createDataset("readOnly", "after")).toBe(201);
  });

  it("shows a reader the people, and why they may change nothing", async () => {
    await signIn(page, "Rea Reader", "/settings/members");
    await page.getByText("Only an account admin may invite people.").waitFor();
    expect(await page.getByRole("button", { name: "Invite" }).isDisabled()).toBe(true);
    await row("Max Member").getByRole("button", { name: "Roles of Max Member" }).click();
    await page.getByText("Only a space admin may change this.").first().waitFor();
    expect(await page.getByLabel("Role in the space Playground").isDisabled()).toBe(true);
    await page.screenshot({ path: "/tmp/shots/roles-dialog.png" });
  });
});
