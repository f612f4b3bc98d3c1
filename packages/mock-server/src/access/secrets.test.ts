import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPlatform, type Platform } from "../index.js";
import { testDatabase } from "../testing/database.js";
import { FlightClient } from "../testing/flight-client.js";

let platform: Platform;
const lines: string[] = [];
beforeAll(async () => {
  platform = await createPlatform({
    db: await testDatabase(),
    randomKeys: true,
    logLevel: "debug",
    logTo: { write: (line) => void lines.push(line) },
  });
});
afterAll(() => platform.close());

const TABLES = [
  "meta",
  "users",
  "api_keys",
  "audit_logs",
  "organization_members",
  "space_members",
  "roles",
  "role_bindings",
  "record_uploads",
];

it("no secret is in a log line, the journal, an audit entry, the database, or any answer but the one that made it", async () => {
  const seeded = Object.values(platform.seeded.keys).filter((key) => key !== null);
  const { admin = "" } = platform.seeded.keys;
  const address = await platform.listen({ port: 0 });
  const answers: string[] = [];
  const call = async (
    key: string,
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<string> => {
    const response = await fetch(`${address.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    answers.push(text, JSON.stringify([...response.headers]));
    return text;
  };
  const made = async (body: object): Promise<{ id: string; key: string }> => {
    const text = await call(admin ?? "", "POST", "/v2/api-keys", body);
    answers.splice(answers.indexOf(text), 1);
    return JSON.parse(text);
  };
  const space_id = platform.seeded.space?.id ?? "";
  const user = await made({ key_type: "USER", name: "a user key" });
  const service = await made({
    key_type: "SERVICE",
    name: "a service key",
    organizations: [{ org_id: platform.seeded.organization?.id, spaces: [{ space_id }] }],
  });
  const refreshed = JSON.parse(
    await call(admin ?? "", "POST", `/v2/api-keys/${user.id}/refresh`, { grace_period_seconds: 60 }),
  );
  answers.splice(
    answers.findIndex((text) => text.includes(refreshed.key)),
    1,
  );
  const secrets = [...seeded, user.key, service.key, refreshed.key];
  const [leaky] = [service.key];

  // Keys where no key belongs: in a name, a path, a query, a wrong header, a filter, a body that is refused.
  await call(service.key, "POST", "/v2/datasets", { name: leaky, space_id: leaky, examples: [{ a: 1 }] });
  await call(service.key, "POST", "/v2/datasets", { name: "x", space_id, examples: [], [leaky]: 1 });
  await call(leaky.slice(0, -1), "GET", `/v2/spaces/${leaky}`);
  await call(service.key, "GET", `/v2/spaces/${leaky}?name=${leaky}`);
  await call(service.key, "GET", `/nowhere/${leaky}`);
  await call(service.key, "POST", "/v1/pandas_arrow", { not: "arrow", key: leaky }, { "arize-space-id": leaky });
  await call(
    service.key,
    "POST",
    "/graphql",
    { query: `{ node(id: "${leaky}") { id } wrong_${leaky.slice(-6)} }` },
    { "x-api-key": service.key },
  );
  await call(refreshed.key, "GET", "/v2/api-keys");
  await call(admin ?? "", "GET", `/v2/api-keys?space_id=${space_id}`);
  await call(admin ?? "", "GET", "/v2/audit-logs");
  await call(admin ?? "", "PUT", `/v2/api-keys/${service.id}/revoke`);
  await call(service.key, "GET", "/v2/spaces");
  const flight = new FlightClient(address, service.key);
  answers.push(String(await flight.info({ spaceId: leaky, modelId: leaky }).catch((error: unknown) => error)));
  flight.close();

  const tables = await Promise.all(
    TABLES.map(async (table) =>
      JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(platform.domain.core.store.db)).rows),
    ),
  );
  const places = {
    logs: lines.join(""),
    journal: JSON.stringify(platform.journal.entries()),
    database: tables.join(""),
    answers: answers.join("\n"),
  };
  expect(lines.length).toBeGreaterThan(10);
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets) expect(text.includes(secret), `a secret in the ${place}`).toBe(false);
  }
});
