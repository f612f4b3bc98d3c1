import axios from "axios";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform, type Platform } from "../index.js";
import { handlers } from "./index.js";

let platform: Platform;
let server: ReturnType<typeof setupServer>;
beforeAll(async () => {
  platform = await createPlatform();
  server = setupServer(...handlers(platform));
  server.listen({ onUnhandledRequest: "error" });
});
afterAll(async () => {
  server.close();
  await platform.close();
});

const bearer = () => ({ authorization: `Bearer ${platform.seeded.keys["member"]}` });

describe("msw handlers", () => {
  it("answer axios calls to the production address, with a body both ways", async () => {
    const created = await axios.post(
      "https://api.arize.com/v2/datasets",
      { name: "by msw", space_id: platform.seeded.space?.id, examples: [{ a: 1 }] },
      { headers: bearer() },
    );
    expect(created.status).toBe(201);
    const { data } = await axios.get(`https://api.arize.com/v2/datasets/${created.data.id}/examples`, {
      headers: bearer(),
    });
    expect(data.examples).toMatchObject([{ a: 1 }]);
  });

  it("refuse as the platform refuses", async () => {
    await expect(axios.get("https://api.arize.com/v2/spaces")).rejects.toMatchObject({
      response: { status: 401, data: { title: "Authentication required" } },
    });
  });

  it("answer fetch, and GraphQL at its own address", async () => {
    const response = await fetch("https://app.arize.com/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": platform.seeded.keys["member"] ?? "" },
      body: JSON.stringify({ query: "{ viewer { user { name } } }" }),
    });
    expect(await response.json()).toEqual({ data: { viewer: { user: { name: "Max Member" } } } });
  });

  it("break a connection where a fault says so", async () => {
    platform.faults.add({ on: "GET /v2/spaces", effect: { reset: "request" } });
    await expect(axios.get("https://api.arize.com/v2/spaces", { headers: bearer() })).rejects.toThrow("Network error");
    expect((await axios.get("https://api.arize.com/v2/spaces", { headers: bearer() })).status).toBe(200);
  });

  it("say what to do about Flight, which msw cannot carry", async () => {
    const response = await fetch("https://flight.arize.com/arrow.flight.protocol.FlightService/DoGet", {
      method: "POST",
    });
    expect(response.status).toBe(501);
    expect((await response.json()).detail).toContain("platform.listen({ port: 0 })");
  });
});
