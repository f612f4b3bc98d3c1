import { CONSOLE_HEADER } from "@axlab/wire/console";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "../../index.js";
import { testDatabase } from "../../testing/database.js";

let platform: Platform;
beforeAll(async () => {
  platform = await createPlatform({ db: await testDatabase() });
});
afterAll(() => platform.close());

const page = (headers: Record<string, string>) =>
  platform.fetch(new Request("http://axlab:4545/graphql", { headers: { accept: "text/html", ...headers } }));

async function signIn(): Promise<string> {
  const response = await platform.fetch(
    new Request("http://axlab:4545/console/session", {
      method: "POST",
      headers: { "content-type": "application/json", [CONSOLE_HEADER]: "1" },
      body: JSON.stringify({ user_id: platform.seeded.users["member"] }),
    }),
  );
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

describe("GraphiQL", () => {
  it("is one page that loads nothing from elsewhere, for whoever is signed in", async () => {
    const cookie = await signIn();
    const response = await page({ cookie });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    const html = await response.text();
    expect(html).toContain("GraphiQL");
    expect(html).not.toMatch(/<(?:script|link)[^>]+(?:src|href)="(?:https?:)?\/\//);
    const asked = await platform.fetch(
      new Request("http://axlab:4545/graphql", {
        method: "POST",
        headers: { cookie, [CONSOLE_HEADER]: "graphiql", "content-type": "application/json" },
        body: JSON.stringify({ query: "{ viewer { user { userType } apiKey { id } } }" }),
      }),
    );
    expect(await asked.json()).toEqual({ data: { viewer: { user: { userType: "human" }, apiKey: null } } });
  });

  it("is shown to the holder of a key too, and to nobody else", async () => {
    expect((await page({ "x-api-key": platform.seeded.keys["member"] ?? "" })).status).toBe(200);
    expect((await page({ "x-api-key": "ak-nonsense" })).status).toBe(401);
    for (const headers of [{}, { cookie: "axlab_session_4545=made-up" }]) {
      const response = await page(headers);
      expect([response.status, response.headers.get("location")]).toEqual([302, "/"]);
    }
  });
});
