import { Prompt, PromptPage, PromptVersion, PromptVersionPage, PromptWithVersion } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { absentId, suite } from "../../../testing/suite.js";

const test = suite();
const VERSION = {
  commit_message: "first",
  provider: "OPEN_AI",
  messages: [{ role: "USER", content: "{question}" }],
};

async function made(name: string, version: object = VERSION): Promise<PromptWithVersion> {
  const reply = await test.world.as("member").post("/v2/prompts", { name, space_id: test.world.spaces.main, version });
  expect(reply.status).toBe(201);
  return reply.read(PromptWithVersion);
}
const anotherVersion = async (prompt: { id: string }, change: object = {}): Promise<PromptVersion> =>
  (await test.world.as("member").post(`/v2/prompts/${prompt.id}/versions`, { ...VERSION, ...change })).read(
    PromptVersion,
  );
const got = async (prompt: { id: string }, query = ""): Promise<PromptWithVersion> =>
  (await test.world.as("reader").get(`/v2/prompts/${prompt.id}${query}`)).read(PromptWithVersion);

describe("a prompt", () => {
  it("is answered with its first version, which holds what was sent and nothing else", async () => {
    const version = {
      ...VERSION,
      input_variable_format: "MUSTACHE",
      model: "gpt-4o",
      messages: [
        { role: "SYSTEM", content: null },
        { role: "ASSISTANT", tool_calls: [{ id: "1", type: "FUNCTION", function: { name: "f", arguments: "{}" } }] },
        { role: "TOOL", tool_call_id: "1", content: "" },
      ],
      invocation_params: { temperature: 0, stop: ["\n"], tool_config: { tools: [{ a: [1] }], tool_choice: "auto" } },
      provider_params: { anthropic_headers: { anthropic_beta: [null, "x"] }, region: "eu" },
    };
    const prompt = await made("whole", version);
    expect(prompt).toMatchObject({ name: "whole", description: null, created_by_user_id: test.world.people.member });
    expect(prompt.version).toMatchObject({ ...version, prompt_id: prompt.id, labels: [] });
    expect(prompt.version.commit_hash).toMatch(/^[0-9a-f]{40}$/);
    expect(await got(prompt)).toEqual(prompt);
  });

  it("has F_STRING variables and an empty model unless told otherwise, and no parameters that nobody set", async () => {
    const { version } = await made("small");
    expect(version).toMatchObject({ input_variable_format: "F_STRING", model: "" });
    expect(Object.keys(version)).not.toEqual(expect.arrayContaining(["invocation_params"]));
  });

  it("has a name of its own in its space", async () => {
    await made("taken");
    const { as, spaces } = test.world;
    const create = (space_id: string) => as("admin").post("/v2/prompts", { name: "taken", space_id, version: VERSION });
    const refused = await create(spaces.main);
    expect([refused.status, refused.detail]).toEqual([409, expect.stringContaining('"taken"')]);
    expect((await create(spaces.second)).status).toBe(201);
  });

  it("changes its description and nothing else; null clears it", async () => {
    const prompt = await made("described");
    const change = (body: object) => test.world.as("member").patch(`/v2/prompts/${prompt.id}`, body);
    expect((await change({ description: "d" })).read(Prompt).description).toBe("d");
    expect((await change({ description: null })).read(Prompt).description).toBeNull();
    expect((await change({ name: "other" })).status).toBe(400);
    expect((await change({})).status).toBe(400);
  });

  it.each([
    ["no message", { messages: [] }, "messages"],
    ["an unknown role", { messages: [{ role: "user" }] }, "messages[0].role"],
    ["an undeclared parameter", { invocation_params: { seed: 1 } }, "seed"],
    ["a penalty out of range", { invocation_params: { presence_penalty: 2.1 } }, "presence_penalty"],
    ["a field that the platform sets", { commit_hash: "x" }, "commit_hash"],
  ])("is refused with %s, and nothing is made", async (_, change, where) => {
    const { as, spaces } = test.world;
    const body = { name: "bad", space_id: spaces.main, version: { ...VERSION, ...change } };
    const refused = await as("member").post("/v2/prompts", body);
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining(where)]);
    expect((await as("member").get("/v2/prompts?name=bad")).read(PromptPage).prompts).toEqual([]);
  });

  it("goes with its versions and labels, and its name is free again", async () => {
    const prompt = await made("going");
    const { as } = test.world;
    await as("member").put(`/v2/prompt-versions/${prompt.version.id}/labels`, { labels: ["live"] });
    expect((await as("member").delete(`/v2/prompts/${prompt.id}`)).status).toBe(204);
    for (const path of [`/v2/prompts/${prompt.id}`, `/v2/prompt-versions/${prompt.version.id}`])
      expect((await as("member").get(path)).status).toBe(404);
    const again = await made("going");
    expect((await as("member").get(`/v2/prompts/${again.id}/labels/live`)).status).toBe(404);
  });

  it("goes with its space", async () => {
    const { as, spaces } = test.world;
    const create = await as("admin").post("/v2/prompts", { name: "p", space_id: spaces.second, version: VERSION });
    const { version } = create.read(PromptWithVersion);
    expect((await as("admin").delete(`/v2/spaces/${spaces.second}`)).status).toBe(204);
    const { db } = test.platform.domain.core.store;
    const left = await db.selectFrom("prompt_versions").select("id").where("id", "=", version.id).execute();
    expect(left).toEqual([]);
  });
});

describe("the list of prompts", () => {
  const names = async (query: string) =>
    (await test.world.as("reader").get(`/v2/prompts${query}`)).read(PromptPage).prompts.map(({ name }) => name);

  it("has the most recently updated first, and a new version is an update", async () => {
    const { clock } = test.platform;
    clock.set(Date.now());
    const first = await made("a");
    await made("b");
    await made("c");
    expect(await names("")).toEqual(["c", "b", "a"]);
    clock.advance(1000);
    await anotherVersion(first);
    expect(await names("")).toEqual(["a", "c", "b"]);
    expect(await names("?name=B")).toEqual(["b"]);
  });

  it("gives every one once over its pages, though all were made in one instant", async () => {
    test.platform.clock.set(Date.now());
    for (const name of ["a", "b", "c", "d", "e"]) await made(name);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await test.world.as("reader").get(`/v2/prompts?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      const { prompts, pagination } = page.read(PromptPage);
      seen.push(...prompts.map(({ name }) => name));
      cursor = pagination.next_cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(["e", "d", "c", "b", "a"]);
    expect((await test.world.as("reader").get("/v2/prompts?cursor=x")).status).toBe(400);
  });
});

describe("versions", () => {
  it("never change, are listed newest first, and the latest is what the prompt is read with", async () => {
    const prompt = await made("p");
    const second = await anotherVersion(prompt, { commit_message: "second" });
    const list = await test.world.as("reader").get(`/v2/prompts/${prompt.id}/versions`);
    expect(list.read(PromptVersionPage).prompt_versions).toEqual([second, prompt.version]);
    expect(second.commit_hash).not.toBe(prompt.version.commit_hash);
    expect((await got(prompt)).version).toEqual(second);
    expect((await got(prompt, `?version_id=${prompt.version.id}`)).version).toEqual(prompt.version);
  });

  it("of another prompt are not found under this one", async () => {
    const [one, other] = [await made("one"), await made("other")];
    const { as } = test.world;
    for (const id of [other.version.id, absentId("PromptVersion")])
      expect((await as("reader").get(`/v2/prompts/${one.id}?version_id=${id}`)).status).toBe(404);
    expect((await as("reader").get(`/v2/prompts/${one.id}?version_id=a&label=b`)).status).toBe(400);
    expect((await as("reader").get(`/v2/prompt-versions/${one.id}`)).status).toBe(400);
  });
});

describe("labels", () => {
  const label = (version: { id: string }, labels: string[]) =>
    test.world.as("member").put(`/v2/prompt-versions/${version.id}/labels`, { labels });

  it("replace those the version had, and move from version to version of one prompt", async () => {
    const prompt = await made("p");
    const second = await anotherVersion(prompt);
    expect((await label(prompt.version, ["live", "Live", "a/b"])).read(PromptVersion).labels).toEqual([
      "Live",
      "a/b",
      "live",
    ]);
    expect((await label(second, ["live"])).read(PromptVersion).labels).toEqual(["live"]);
    const { version } = await got(prompt, `?version_id=${prompt.version.id}`);
    expect(version.labels).toEqual(["Live", "a/b"]);
    expect((await got(prompt, "?label=live")).version.id).toBe(second.id);
    const byPath = await test.world.as("reader").get(`/v2/prompts/${prompt.id}/labels/a%2Fb`);
    expect(byPath.read(PromptVersion).id).toBe(prompt.version.id);
    expect((await label(second, [])).read(PromptVersion).labels).toEqual([]);
    expect((await test.world.as("reader").get(`/v2/prompts/${prompt.id}?label=live`)).status).toBe(404);
    expect((await label(second, ["x", "x"])).status).toBe(400);
  });

  it("of another prompt stay where they are", async () => {
    const [one, other] = [await made("one"), await made("other")];
    await label(one.version, ["live"]);
    await label(other.version, ["live"]);
    expect((await got(one, "?label=live")).version.id).toBe(one.version.id);
  });

  it("are taken off the version that has them, and off no other", async () => {
    const prompt = await made("p");
    const second = await anotherVersion(prompt);
    await label(prompt.version, ["live"]);
    const off = (version: { id: string }) =>
      test.world.as("member").delete(`/v2/prompt-versions/${version.id}/labels/live`);
    expect((await off(second)).status).toBe(404);
    expect((await off(prompt.version)).status).toBe(204);
    expect((await off(prompt.version)).status).toBe(404);
  });
});
