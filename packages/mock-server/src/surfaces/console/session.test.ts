import { CONSOLE_HEADER, ConsoleSession } from "@axlab/wire/console";
import { SpacePage, UserPage, ApiKeyPage, AuditLogPage } from "@axlab/wire/rest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Platform } from "../../platform.js";
import { testDatabase } from "../../testing/database.js";
import { hashPassword } from "../../domain/users/passwords.js";

let platform: Platform;
beforeAll(async () => {
  platform = await Platform.create({ db: await testDatabase() });
});
afterAll(() => platform.close());
beforeEach(() => platform.clock.resume());

/** A browser as far as the platform can tell: it keeps the cookie and sends what pages send. */
class Tab {
  cookie: string | undefined;

  constructor(private readonly on: Pick<Platform, "fetch"> = platform) {}

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.on.fetch(
      new Request(`http://axlab:4545${path}`, {
        method,
        headers: {
          [CONSOLE_HEADER]: "1",
          ...(this.cookie !== undefined && { cookie: this.cookie }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
    const set = response.headers.get("set-cookie");
    if (set !== null) this.cookie = set.split(";")[0];
    return response;
  }

  async signIn(body: unknown): Promise<Response> {
    return this.call("POST", "/console/session", body);
  }

  async session(): Promise<ConsoleSession> {
    return ConsoleSession.parse(await (await this.call("GET", "/console/session")).json());
  }
}

const idOf = (handle: string): string => platform.seeded.users[handle] ?? "";
const signedIn = async (handle: string): Promise<Tab> => {
  const tab = new Tab();
  expect((await tab.signIn({ user_id: idOf(handle) })).status).toBe(200);
  return tab;
};
const logs = async () => {
  const admin = await signedIn("admin");
  return AuditLogPage.parse(await (await admin.call("GET", "/v2/audit-logs?limit=100")).json()).logs;
};

/** Invites somebody and gives them a password, as a link in a mail would. */
async function personWithPassword(email: string, password: string): Promise<string> {
  const admin = await signedIn("admin");
  const made = await admin.call("POST", "/v2/users", {
    name: "Pat",
    email,
    role: { type: "PREDEFINED", name: "MEMBER" },
    invite_mode: "NONE",
  });
  const { id } = (await made.json()) as { id: string };
  const { store } = platform.domain.core;
  await store.db
    .updateTable("users")
    .set({ password_hash: await hashPassword(password) })
    .where("id", "=", id)
    .execute();
  return id;
}

describe("signing in", () => {
  it("lists the demo's people, and opens a session for one of them", async () => {
    const tab = new Tab();
    const before = await tab.session();
    expect(before.signed_in).toBeNull();
    expect(before.people.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Ada Admin", "Max Member", "Rea Reader"]),
    );
    const response = await tab.signIn({ user_id: idOf("member") });
    expect(response.headers.get("set-cookie")).toMatch(
      /^axlab_session_4545=\S+; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/i,
    );
    const { signed_in } = await tab.session();
    expect(signed_in?.person.name).toBe("Max Member");
    expect(signed_in?.grants.account_role).toBe("MEMBER");
  });

  it("keeps no token in the database", async () => {
    const tab = await signedIn("member");
    const rows = await platform.domain.core.store.db.selectFrom("console_sessions").selectAll().execute();
    const token = tab.cookie?.split("=")[1] ?? "";
    expect(token.length).toBeGreaterThan(30);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("asks for a password where the demo's keys are not the well-known ones", async () => {
    const own = await Platform.create({ db: await testDatabase(), randomKeys: true });
    try {
      const tab = new Tab(own);
      expect((await tab.session()).people).toEqual([]);
      const response = await tab.signIn({ user_id: own.seeded.users["admin"] });
      expect(response.status).toBe(401);
      expect(tab.cookie).toBeUndefined();
    } finally {
      await own.close();
    }
  });

  it("takes an address, whatever its case, with its password", async () => {
    await personWithPassword("pat@demo.axlab.dev", "correct horse");
    const tab = new Tab();
    expect((await tab.signIn({ email: "PAT@demo.axlab.dev", password: "wrong" })).status).toBe(401);
    expect((await tab.signIn({ email: "pat@demo.axlab.dev", password: "correct horse" })).status).toBe(200);
    expect((await tab.session()).signed_in?.person.name).toBe("Pat");
  });

  it("answers an unknown address like a wrong password, and repeats neither", async () => {
    const tab = new Tab();
    const texts = await Promise.all(
      ["nobody@demo.axlab.dev", "ada@demo.axlab.dev"].map(async (email) => {
        const response = await tab.signIn({ email, password: "hunter2-hunter2" });
        expect(response.status).toBe(401);
        return response.text();
      }),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toMatch(/hunter2|nobody/);
  });

  it("takes up an invitation with its temporary password, until it has expired", async () => {
    const admin = await signedIn("admin");
    const invite = async (email: string) => {
      const response = await admin.call("POST", "/v2/users", {
        name: "Tem",
        email,
        role: { type: "PREDEFINED", name: "MEMBER" },
        invite_mode: "TEMPORARY_PASSWORD",
      });
      return ((await response.json()) as { temporary_password: string }).temporary_password;
    };
    const password = await invite("tem@demo.axlab.dev");
    expect((await new Tab().signIn({ email: "tem@demo.axlab.dev", password })).status).toBe(200);
    const listed = UserPage.parse(await (await admin.call("GET", "/v2/users?email=tem@")).json());
    expect(listed.users.map(({ status }) => status)).toEqual(["ACTIVE"]);
    const late = await invite("late@demo.axlab.dev");
    platform.clock.advance("8d");
    expect((await new Tab().signIn({ email: "late@demo.axlab.dev", password: late })).status).toBe(401);
  });

  it("takes a user key of one's own, and the session ends with the key", async () => {
    const admin = await signedIn("admin");
    const made = await admin.call("POST", "/v2/api-keys", { key_type: "USER", name: "for signing in" });
    const { id, key } = (await made.json()) as { id: string; key: string };
    const tab = new Tab();
    expect((await tab.signIn({ key })).status).toBe(200);
    expect((await tab.session()).signed_in?.person.name).toBe("Ada Admin");
    await admin.call("PUT", `/v2/api-keys/${encodeURIComponent(id)}/revoke`);
    expect((await tab.session()).signed_in).toBeNull();
  });

  it("takes no service key, since it acts as no person", async () => {
    const response = await new Tab().signIn({ key: platform.seeded.keys["service"] });
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(/acts as no person/);
  });

  it("stops taking passwords after ten tries in a minute", async () => {
    await personWithPassword("tries@demo.axlab.dev", "right");
    const tab = new Tab();
    platform.clock.set(platform.clock.now() + 3_600_000);
    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1)
      statuses.push((await tab.signIn({ email: "tries@demo.axlab.dev", password: "wrong" })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await tab.signIn({ email: "tries@demo.axlab.dev", password: "right" })).status).toBe(429);
    platform.clock.advance("1m");
    expect((await tab.signIn({ email: "tries@demo.axlab.dev", password: "right" })).status).toBe(200);
  });

  it.each([{}, { user_id: "" }, { email: "a@b.c" }, { user_id: "x", key: "y" }, null, "text"])(
    "refuses %j",
    async (body) => {
      expect((await new Tab().signIn(body)).status).toBe(400);
    },
  );
});

describe("a session", () => {
  it("acts as the person on REST and GraphQL, through the same decisions as their key", async () => {
    const tab = await signedIn("readOnly");
    const spaces = SpacePage.parse(await (await tab.call("GET", "/v2/spaces")).json());
    expect(spaces.spaces.map(({ name }) => name)).toEqual(["Playground"]);
    const refused = await tab.call("POST", "/v2/projects", { name: "p", space_id: platform.seeded.space?.id });
    expect(refused.status).toBe(403);
    const graphql = await tab.call("POST", "/graphql", { query: "{ viewer { user { name } apiKey { id } } }" });
    expect(await graphql.json()).toEqual({ data: { viewer: { user: { name: "Rea Reader" }, apiKey: null } } });
  });

  it("is no key: somebody without developer access may look, and make no keys", async () => {
    const admin = await signedIn("admin");
    const id = await personWithPassword("ui@demo.axlab.dev", "look only");
    await admin.call("PATCH", `/v2/users/${encodeURIComponent(id)}`, { is_developer: false });
    const tab = new Tab();
    expect((await tab.signIn({ email: "ui@demo.axlab.dev", password: "look only" })).status).toBe(200);
    expect(ApiKeyPage.parse(await (await tab.call("GET", "/v2/api-keys")).json()).api_keys).toEqual([]);
    expect((await tab.call("POST", "/v2/api-keys", { key_type: "USER", name: "no" })).status).toBe(403);
  });

  it("ends when it is signed out", async () => {
    const tab = await signedIn("member");
    const { cookie } = tab;
    expect((await tab.call("DELETE", "/console/session")).status).toBe(204);
    tab.cookie = cookie;
    expect((await tab.session()).signed_in).toBeNull();
    expect((await tab.call("GET", "/v2/spaces")).status).toBe(401);
  });

  it("ends the session before it when somebody else signs in there", async () => {
    const tab = await signedIn("member");
    const { cookie } = tab;
    await tab.signIn({ user_id: idOf("readOnly") });
    const old = new Tab();
    old.cookie = cookie;
    expect((await old.session()).signed_in).toBeNull();
    expect((await tab.session()).signed_in?.person.name).toBe("Rea Reader");
  });

  it("ends after twelve hours", async () => {
    const tab = await signedIn("member");
    platform.clock.advance("11h");
    expect((await tab.session()).signed_in).not.toBeNull();
    platform.clock.advance("1h");
    expect((await tab.session()).signed_in).toBeNull();
  });

  it("ends at the next request when the person is removed", async () => {
    const id = await personWithPassword("gone@demo.axlab.dev", "for now");
    const tab = new Tab();
    await tab.signIn({ email: "gone@demo.axlab.dev", password: "for now" });
    expect((await tab.call("GET", "/v2/spaces")).status).toBe(200);
    await (await signedIn("admin")).call("DELETE", `/v2/users/${encodeURIComponent(id)}`);
    expect((await tab.call("GET", "/v2/spaces")).status).toBe(401);
    expect((await tab.signIn({ email: "gone@demo.axlab.dev", password: "for now" })).status).toBe(401);
  });

  it("ends when the person gets a new password", async () => {
    const id = await personWithPassword("reset@demo.axlab.dev", "known to others");
    const tab = new Tab();
    await tab.signIn({ email: "reset@demo.axlab.dev", password: "known to others" });
    await (await signedIn("admin")).call("POST", `/v2/users/${encodeURIComponent(id)}/reset-password`);
    const { invitations } = platform.domain;
    await invitations.redeem(invitations.outbox.to("reset@demo.axlab.dev").at(-1)?.token ?? "", "new");
    expect((await tab.session()).signed_in).toBeNull();
    expect((await tab.signIn({ email: "reset@demo.axlab.dev", password: "new" })).status).toBe(200);
  });

  it("is written down: who signed in and out, and who was refused", async () => {
    const id = await personWithPassword("watched@demo.axlab.dev", "seen");
    const tab = new Tab();
    await tab.signIn({ email: "watched@demo.axlab.dev", password: "not this" });
    await tab.signIn({ email: "watched@demo.axlab.dev", password: "seen" });
    await tab.call("DELETE", "/console/session");
    const theirs = (await logs()).filter(({ user_id }) => user_id === id);
    expect(
      theirs.map(({ operation_name, variables }) => [operation_name, JSON.parse(variables ?? "{}").outcome]),
    ).toEqual([
      ["console sign-out", "allowed"],
      ["console sign-in", "allowed"],
      ["console sign-in", "401"],
    ]);
    expect(JSON.stringify(theirs)).not.toMatch(/not this|"seen"/);
  });
});

describe("another site's page", () => {
  const attempts: Record<string, Record<string, string>> = {
    "comes from another origin": { origin: "http://evil.test" },
    "comes from another port of this machine": { origin: "http://axlab:9999" },
    "is called cross-site by the browser": { "sec-fetch-site": "cross-site" },
    "is called same-site by the browser": { "sec-fetch-site": "same-site" },
  };

  it.each(Object.entries(attempts))("that %s does nothing with somebody's cookie", async (_name, headers) => {
    const tab = await signedIn("admin");
    const made = await tab.call("POST", "/v2/api-keys", { key_type: "USER", name: "stolen" }, headers);
    expect(made.status).toBe(403);
    expect((await tab.call("DELETE", "/console/session", undefined, headers)).status).toBe(403);
    expect((await tab.call("POST", "/console/session", { user_id: idOf("member") }, headers)).status).toBe(403);
    expect((await tab.session()).signed_in?.person.name).toBe("Ada Admin");
  });

  it("that sends the cookie alone is nobody", async () => {
    const tab = await signedIn("admin");
    const request = (method: string, path: string, body?: string) =>
      platform.fetch(
        new Request(`http://axlab:4545${path}`, {
          method,
          headers: { cookie: tab.cookie ?? "", "content-type": "application/json" },
          ...(body !== undefined && { body }),
        }),
      );
    expect((await request("GET", "/v2/spaces")).status).toBe(401);
    expect((await request("POST", "/v2/api-keys", '{"key_type":"USER","name":"stolen"}')).status).toBe(401);
    expect((await request("POST", "/graphql", '{"query":"{ viewer { user { name } } }"}')).status).toBe(401);
    expect((await request("DELETE", "/console/session")).status).toBe(403);
    expect((await request("POST", "/console/session", JSON.stringify({ user_id: idOf("member") }))).status).toBe(403);
  });

  it("is asked nothing that would let it add the header: a preflight gets no permission", async () => {
    const response = await platform.fetch(
      new Request("http://axlab:4545/v2/api-keys", {
        method: "OPTIONS",
        headers: {
          origin: "http://evil.test",
          "access-control-request-method": "POST",
          "access-control-request-headers": CONSOLE_HEADER,
        },
      }),
    );
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});
