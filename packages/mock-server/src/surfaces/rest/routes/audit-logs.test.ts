import { AuditLogPage, CreatedApiKey } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, predefined, suite } from "../../../testing/suite.js";

const at = suite();
const logs = async (query = "") => (await at.world.as("admin").get(`/v2/audit-logs${query}`)).read(AuditLogPage);
const facts = (variables: string | null | undefined): unknown => JSON.parse(variables ?? "null");

describe("the audit log", () => {
  it("tells who did what on which resource with which key, and with what outcome, newest first", async () => {
    const { world } = at;
    const made = (await world.as("member").post("/v2/api-keys", { key_type: "USER", name: "k" })).read(CreatedApiKey);
    const refused = await world.as("member").delete(`/v2/spaces/${world.spaces.main}`);
    expect(refused.status).toBe(403);
    await world.as("orgAdmin").post(`/v2/organizations/${world.organizations.acme}/users`, {
      user_id: world.people.outsider,
      role: predefined("MEMBER"),
    });
    const { logs: entries } = await logs();
    expect(entries.map((entry) => [entry.operation_name, entry.user_id])).toEqual([
      ["POST /v2/organizations/{org_id}/users", world.people.orgAdmin],
      ["DELETE /v2/spaces/{space_id}", world.people.member],
      ["POST /v2/api-keys", world.people.member],
    ]);
    expect(entries.map((entry) => facts(entry.variables))).toMatchObject([
      { outcome: "allowed" },
      { outcome: "403", resource_id: world.spaces.main, request_id: refused.headers.get("x-request-id") },
      { outcome: "allowed", resource_id: made.id },
    ]);
    expect(facts(entries[2]?.variables)).toHaveProperty("key_id", expect.stringMatching(/^QXBpS2V5/));
    expect(JSON.stringify(entries)).not.toContain(made.key);
  });

  it("holds no secret, wherever one is put", async () => {
    const { world } = at;
    await world.as("member").delete(`/v2/spaces/${world.keys.admin}`);
    await world.as("member").put(`/v2/api-keys/${encodeURIComponent(world.keys.admin)}/revoke`);
    const rows = await at.platform.domain.core.store.db
      .selectFrom("audit_logs")
      .selectAll()
      .where("account_id", "=", world.accountId)
      .execute();
    expect(rows).toHaveLength(2);
    for (const secret of Object.values(world.keys)) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it("keeps refused reads as queries, and no others", async () => {
    const { world } = at;
    await world.as("member").get("/v2/spaces");
    await world.as("member").get("/v2/audit-logs");
    await world.as("member").get(`/v2/spaces/${absentId("Space")}`);
    await world.as("member").post("/v2/projects", { name: "p", space_id: world.spaces.main });
    expect((await logs()).logs.map((entry) => entry.operation_type)).toEqual(["MUTATION", "QUERY"]);
    expect((await logs("?operation_type=QUERY")).logs.map((entry) => entry.operation_name)).toEqual([
      "GET /v2/audit-logs",
    ]);
    expect((await logs(`?user_id=${world.people.admin}`)).logs).toEqual([]);
    expect((await logs(`?user_id=${world.people.member}`)).logs).toHaveLength(2);
  });

  it("is read in a window whose ends belong to it, thirty days up to now unless asked", async () => {
    const { world } = at;
    const start = Date.parse("2032-03-01T00:00:00.000Z");
    const day = 86_400_000;
    for (const [index, name] of ["a", "b", "c"].entries()) {
      at.platform.clock.set(start + index * 30 * day);
      await world.as("member").post("/v2/projects", { name, space_id: world.spaces.main });
    }
    const times = async (query: string) =>
      (await logs(query)).logs.map((entry) => (Date.parse(entry.created_at) - start) / day);
    expect(await times("")).toEqual([60, 30]);
    at.platform.clock.advance(1);
    expect(await times("")).toEqual([60]);
    expect(await times("?start_time=2032-03-01T00:00:00Z")).toEqual([60, 30, 0]);
    expect(await times("?start_time=2032-03-01T00:00:00.001Z&end_time=2032-03-31T00:00:00.000%2B0000")).toEqual([30]);
    expect(await times("?end_time=2032-03-31T00:00:00Z")).toEqual([30, 0]);
    expect(await times("?end_time=2032-03-30T23:59:59.999Z")).toEqual([0]);
  });

  it("comes in pages that what is written meanwhile does not disturb", async () => {
    const { world } = at;
    for (const name of ["a", "b", "c"])
      await world.as("member").post("/v2/projects", { name, space_id: world.spaces.main });
    const first = await logs("?limit=2");
    await world.as("member").post("/v2/projects", { name: "d", space_id: world.spaces.main });
    const second = await logs(`?limit=2&cursor=${first.pagination.next_cursor}`);
    const ids = [...first.logs, ...second.logs].map((entry) => entry.id);
    expect(new Set(ids).size).toBe(3);
    expect(second.pagination).toEqual({ has_more: false });
  });

  it("is for account admins of accounts that have it on", async () => {
    const { world } = at;
    for (const who of ["orgAdmin", "spaceAdmin", "member", "annotator", "pipeline"] as const)
      expect([who, (await world.as(who).get("/v2/audit-logs")).status]).toEqual([who, 403]);
    for (const query of ["limit=0", "start_time=yesterday", "operation_type=DANCE", "cursor=%21"])
      expect((await world.as("admin").get(`/v2/audit-logs?${query}`)).status).toBe(400);
    await at.platform.domain.accounts.setAuditEnabled(world.accountId, false);
    expect((await world.as("admin").get("/v2/audit-logs")).status).toBe(403);
  });
});
