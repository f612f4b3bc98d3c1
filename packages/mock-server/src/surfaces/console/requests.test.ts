import { ReceivedRequestDetail, ReceivedRequestList, type ReceivedRequest } from "@axlab/wire/console";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { suite } from "../../testing/suite.js";
import { delays, streamOf, upload } from "../../testing/uploads.js";
import type { Person } from "../../testing/world.js";
import { createWorld } from "../../testing/world.js";

const at = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await at.platform.listen({ port: 0 });
});
afterAll(() => listening.close());
beforeEach(() => at.platform.journal.clear());

const list = async (who: Person | "pipeline", query = "", world = at.world): Promise<ReceivedRequest[]> =>
  (await world.as(who).get(`/console/requests${query}`)).read(ReceivedRequestList).requests;
const operations = (requests: readonly ReceivedRequest[]): string[] => requests.map(({ operation }) => operation);

describe("GET /console/requests", () => {
  it("shows account admins what reached the platform, newest first, by whom and with which decision", async () => {
    await at.world.as("member").get("/v2/spaces");
    await at.world
      .as("reader")
      .post("/v2/datasets", { name: "x", space_id: at.world.spaces.main, examples: [{ a: 1 }] });
    const [refused, allowed] = await list("admin", "?surface=rest");
    expect(refused).toMatchObject({
      operation: "POST /v2/datasets",
      status: 403,
      refusal: expect.stringContaining("DATASET_CREATE"),
      user: { name: "The reader" },
      key: { redacted_key: expect.stringMatching(/^ak-/) },
    });
    expect(allowed).toMatchObject({ operation: "GET /v2/spaces", status: 200, refusal: null });
    expect(operations(await list("admin", "?surface=rest&outcome=refused"))).toEqual(["POST /v2/datasets"]);
    expect(operations(await list("admin", "?surface=rest&limit=1"))).toEqual(["POST /v2/datasets"]);
  });

  it("shows others what came in their own name, or with a key they made", async () => {
    await at.world.as("member").get("/v2/spaces");
    await at.world.as("pipeline").get("/v2/datasets");
    await at.world.as("reader").get("/v2/projects");
    const maker = at.platform.journal.entries({ operation: "GET /v2/datasets" })[0]?.keyId;
    const made = await at.platform.domain.core.store.db
      .selectFrom("api_keys")
      .select("created_by_user_id")
      .where("id", "=", maker ?? "")
      .executeTakeFirstOrThrow();
    const makers = Object.entries(at.world.people).find(([, id]) => id === made.created_by_user_id)?.[0];
    expect(operations(await list("reader", "?surface=rest"))).toEqual(["GET /v2/projects"]);
    expect(operations(await list("member", "?surface=rest"))).toEqual(
      makers === "member" ? ["GET /v2/datasets", "GET /v2/spaces"] : ["GET /v2/spaces"],
    );
  });

  it("shows nothing of another account, and of a request in nobody's name only that it came", async () => {
    await at.world.as("member").get("/v2/spaces");
    await upload(listening.url, "ak-no-such-key", at.world.spaces.main, streamOf(delays(2)));
    const other = await createWorld(at.platform);
    expect(operations(await list("admin", "?surface=rest", other))).toEqual([]);
    const [nobodys] = await list("admin", "?surface=ingest", other);
    expect(nobodys).toMatchObject({ status: 401, user: null, key: null });
    const detail = await other.as("admin").get(`/console/requests/${nobodys?.id}`);
    expect(detail.read(ReceivedRequestDetail).received).toBeNull();
    expect(await list("member", "?surface=ingest", other)).toEqual([]);
  });

  it("leaves out what looking at it asks", async () => {
    await list("admin");
    expect(await list("admin", "?surface=rest")).toEqual([]);
  });
});

describe("GET /console/requests/{request_id}", () => {
  it("shows what an upload carried, without the key", async () => {
    await upload(listening.url, at.world.keys.pipeline, at.world.spaces.main, streamOf(delays(2)));
    const [request] = await list("admin", "?surface=ingest");
    const answer = await at.world.as("admin").get(`/console/requests/${request?.id}`);
    expect(answer.read(ReceivedRequestDetail)).toMatchObject({
      rows: 2,
      received: {
        headers: { authorization: "***" },
        arrow_schema: expect.arrayContaining(["guess: Float64"]),
        arize_schema: { constants: { modelId: "delays" } },
      },
    });
    expect(answer.text).not.toContain(at.world.keys.pipeline);
  });

  it("of somebody else, or of nobody, is 404", async () => {
    await at.world.as("member").get("/v2/spaces");
    const [request] = await list("admin", "?surface=rest");
    expect((await at.world.as("reader").get(`/console/requests/${request?.id}`)).status).toBe(404);
    expect((await at.world.as("admin").get("/console/requests/req_absent")).status).toBe(404);
  });
});
