import { describe, expect, it } from "vitest";
import { stage } from "./stage.js";

const at = stage();

describe("the audit log", () => {
  it("tells an account admin who did what with which outcome, and filters it", async () => {
    const { member } = at.platform.keys;
    const key = await at.rest(member, "POST", "/v2/api-keys", { key_type: "USER", name: "audited" });
    expect(key.status).toBe(201);
    const role = await at.rest(member, "POST", "/v2/roles", { name: "mine", permissions: ["DATASET_READ"] });
    expect(role.status).toBe(403);
    await at.signIn("Ada Admin", "/settings/audit-log");
    const rows = at.page.getByRole("table", { name: "Audit log" }).getByRole("row");
    await rows.filter({ hasText: "POST /v2/api-keys" }).filter({ hasText: "Max Member" }).first().waitFor();
    await rows.filter({ hasText: "POST /v2/roles" }).filter({ hasText: "403 forbidden" }).first().waitFor();
    await rows.filter({ hasText: "sign-in" }).first().waitFor();

    await at.page.getByLabel("Outcome").selectOption("refused");
    await rows.filter({ hasText: "POST /v2/api-keys" }).first().waitFor({ state: "detached" });
    expect(await rows.filter({ hasText: "403 forbidden" }).count()).toBeGreaterThan(0);
    await at.page.getByLabel("Outcome").selectOption("");
    await at.page.getByLabel("Person").selectOption({ label: "Max Member" });
    await rows.filter({ hasText: "Ada Admin" }).first().waitFor({ state: "detached" });
    await at.page.getByLabel("Action").fill("api-keys");
    await rows.filter({ hasText: "POST /v2/roles" }).first().waitFor({ state: "detached" });
    await rows.filter({ hasText: "POST /v2/api-keys" }).first().waitFor();
    await at.page.getByLabel("Action").fill("nothing like it");
    await at.page.getByText("No entry matches the filter.").waitFor();
  });

  it("says to everybody else whose it is", async () => {
    await at.signIn("Max Member", "/settings/audit-log");
    await at.page.getByText("Only an account admin of").waitFor();
    expect(await at.page.getByRole("table").count()).toBe(0);
  });
});
