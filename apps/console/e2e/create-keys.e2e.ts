import { ArizeClient } from "@axlab/sdk";
import { describe, expect, it } from "vitest";
import { createServiceKey, createUserKey, openApiKeys, saved } from "./keys.js";
import { stage } from "./stage.js";

const at = stage();

const clientWith = (apiKey: string): ArizeClient =>
  new ArizeClient({ baseUrl: at.platform.url, apiKey, spaceId: at.platform.space?.id ?? "" });

describe("Create a User Key", () => {
  it("goes by the documented steps; the key then acts as the person", async () => {
    const page = await at.signIn("Max Member");
    const secret = await createUserKey(page, "Max at the terminal");
    expect(secret).toMatch(/^ak-/);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await saved(page);
    await page.getByRole("row", { name: /Max at the terminal/ }).waitFor();
    const me = await clientWith(secret).whoami();
    expect(me.principal.name).toBe("Max Member");
    expect(me.key?.type).toBe("USER");
  });

  it("takes a description and an expiry, and the list shows them", async () => {
    const page = await at.signIn("Max Member");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByLabel("Key Name").fill("For a week");
    await page.getByLabel("Description").fill("tries out the exporter");
    await page.getByLabel("Expires").selectOption({ label: "In 7 days" });
    await page.getByRole("button", { name: "Create Key" }).click();
    await saved(page);
    const row = page.getByRole("row", { name: /For a week/ });
    expect(await row.textContent()).toContain("tries out the exporter");
    expect(await row.getByRole("cell").nth(5).textContent()).not.toContain("Never");
  });
});

describe("Create a Service Key", () => {
  it("goes by the documented steps; the key then logs records through the SDK", async () => {
    const page = await at.signIn("Max Member");
    await openApiKeys(page, "Service Keys");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByRole("radio", { name: "Service key" }).check();
    await page.getByLabel("Key Name").fill("Delays pipeline");
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await page
      .getByRole("radiogroup", { name: "Space Role" })
      .getByRole("radio", { name: "Member", exact: true })
      .check();
    await page.getByRole("button", { name: "Advanced" }).click();
    await page.getByRole("radiogroup", { name: "Org Role" }).getByRole("radio", { name: "Read-Only Member" }).check();
    await page.getByRole("radiogroup", { name: "Account Role" }).getByRole("radio", { name: "Member" }).check();
    await page.getByRole("button", { name: "Create Key" }).click();
    const secret = (await page.getByLabel("Secret", { exact: true }).textContent()) ?? "";
    await saved(page);
    const row = page.getByRole("row", { name: /Delays pipeline/ });
    const text = await row.textContent();
    expect(text).toContain("Max Member");
    expect(text).toContain("Playground: Member");
    expect(text).toContain("Demo: Read-Only Member");
    const logged = await clientWith(secret).logger.log([{ id: "1", predicted: 12.5, delay: 10 }], {
      modelId: "delays",
      modelType: "REGRESSION",
      environment: "PRODUCTION",
      schema: {
        predictionIdColumnName: "id",
        predictionLabelColumnName: "predicted",
        actualLabelColumnName: "delay",
      },
    });
    expect(logged.rows).toBe(1);
  });
});

describe("a service key over several spaces", () => {
  it("may have another role in each", async () => {
    const page = await at.signIn("Ada Admin");
    await openApiKeys(page, "Service Keys");
    await page.getByRole("button", { name: "New API Key" }).click();
    await page.getByLabel("Key Name").fill("Reads the vault");
    await page.getByRole("checkbox", { name: "Playground" }).check();
    await page.getByRole("checkbox", { name: "Vault" }).check();
    await page.getByRole("switch", { name: "Another role in some spaces" }).check();
    await page.getByLabel("Space Role in Vault").selectOption({ label: "Read-Only Member" });
    await page.getByRole("button", { name: "Create Key" }).click();
    await saved(page);
    const text = await page.getByRole("row", { name: /Reads the vault/ }).textContent();
    expect(text).toContain("Playground: Member");
    expect(text).toContain("Vault: Read-Only Member");
  });
});

describe("refreshing and revoking", () => {
  it("puts a new secret in place, while the old one works for its grace period", async () => {
    const page = await at.signIn("Ada Admin");
    const before = await createServiceKey(page, "Rotated");
    await saved(page);
    await page.getByRole("button", { name: "Refresh Rotated" }).click();
    await page.getByLabel("Grace period").selectOption({ label: "1 hour" });
    await page.getByRole("button", { name: "Refresh Key" }).click();
    await page.getByText("The secret of Rotated").waitFor();
    const after = (await page.getByLabel("Secret", { exact: true }).textContent()) ?? "";
    await saved(page);
    expect(after).not.toBe(before);
    for (const key of [before, after]) expect((await at.rest(key, "GET", "/v2/spaces")).status).toBe(200);
  });

  it("tells what will stop working, and stops it", async () => {
    const page = await at.signIn("Ada Admin");
    const secret = await createServiceKey(page, "Doomed");
    await saved(page);
    await page.getByRole("button", { name: "Revoke Doomed" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Playground in Demo, where it works as Member").waitFor();
    await dialog.getByRole("button", { name: "Revoke Key" }).click();
    await page.getByRole("row", { name: /Doomed/ }).waitFor({ state: "detached" });
    expect((await at.rest(secret, "GET", "/v2/spaces")).status).toBe(401);
    await page.getByText("Revoked", { exact: true }).click();
    await page.getByRole("row", { name: /Doomed/ }).waitFor();
  });

  it("finds keys by what is written about them", async () => {
    const page = await at.signIn("Ada Admin");
    await createServiceKey(page, "Needle");
    await saved(page);
    await page.getByLabel("Search").fill("needl");
    await page.getByRole("row", { name: /Playground pipeline/ }).waitFor({ state: "detached" });
    expect(await page.getByRole("row").count()).toBe(2);
    await page.getByLabel("Search").fill("no such key");
    await page.getByText("No key matches the search.").waitFor();
  });
});
