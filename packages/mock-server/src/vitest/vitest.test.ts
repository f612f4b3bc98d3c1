import { describe, expect } from "vitest";
import { test, type TestTenant } from "./index.js";

const spaces = async (tenant: TestTenant): Promise<{ id: string; name: string }[]> => {
  const response = await fetch(`${tenant.url}/v2/spaces`, {
    headers: { authorization: `Bearer ${tenant.keys.admin}` },
  });
  const body: { spaces: { id: string; name: string }[] } = await response.json();
  return body.spaces;
};
const seen: string[] = [];

describe.concurrent("the tenant fixture", () => {
  for (const name of ["one test", "another test"]) {
    test(`gives ${name} an account of its own`, async ({ tenant }) => {
      const created = await fetch(`${tenant.url}/v2/spaces`, {
        method: "POST",
        headers: { authorization: `Bearer ${tenant.keys.admin}`, "content-type": "application/json" },
        body: JSON.stringify({ name: "Mine alone", organization_id: tenant.organization.id }),
      });
      expect(created.status).toBe(201);
      expect((await spaces(tenant)).map((space) => space.name)).toEqual(["Playground", "Vault", "Mine alone"]);
      expect(seen).not.toContain(tenant.account.id);
      seen.push(tenant.account.id);
    });
  }
});
