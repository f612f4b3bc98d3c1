import {
  createPrompt,
  createPromptVersion,
  deletePrompt,
  deletePromptVersionLabel,
  getPrompt,
  getPromptVersion,
  getPromptVersionByLabel,
  listPrompts,
  listPromptVersions,
  ResolutionError,
  setPromptVersionLabels,
  updatePrompt,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly } = clients;
const space = platform.space.id;
const version = {
  commitMessage: "first",
  inputVariableFormat: "F_STRING" as const,
  provider: "OPEN_AI" as const,
  messages: [{ role: "USER" as const, content: "{question}" }],
};
const create = (name = unique("prompt"), as = client): ReturnType<typeof createPrompt> =>
  createPrompt({ client: as, space, name, version });

describe(AX_CLIENT, () => {
  describe("prompts", () => {
    it("createPrompt: answers what it made; getPrompt finds it by id and by name", async () => {
      const prompt = await create();
      expect(prompt.version).toMatchObject({ ...version, inputVariableFormat: "F_STRING", labels: [] });
      expect(await getPrompt({ client: readOnly, prompt: prompt.id })).toEqual(prompt);
      expect(await getPrompt({ client, prompt: prompt.name, space })).toEqual(prompt);
    });
    it("createPrompt: 409 for a name the space has, 403 for a reader, 401 for an unknown key", async () => {
      const { name } = await create();
      await expectRefusal(create(name), 409);
      await expectRefusal(create(unique("p"), readOnly), 403, /PROMPT_CREATE/);
      await expectRefusal(create(unique("p"), clients.unknown), 401);
    });
    it("listPrompts: every one once, and the most recently updated first", async () => {
      const made = [await create(), await create(), await create()];
      const first = await updatePrompt({ client, prompt: made[0]?.id ?? "", description: "d" });
      const ids = (
        await allPages((cursor) => listPrompts({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }))
      ).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids[0]).toBe(first.id);
      expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    });
    it("updatePrompt: 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(updatePrompt({ client: readOnly, prompt: id, description: "x" }), 403, /PROMPT_UPDATE/);
    });
    it("createPromptVersion, listPromptVersions, getPromptVersion: newest first", async () => {
      const prompt = await create();
      const second = await createPromptVersion({ client, prompt: prompt.id, ...version, commitMessage: "second" });
      const { data } = await listPromptVersions({ client: readOnly, prompt: prompt.id });
      expect(data.map(({ id }) => id)).toEqual([second.id, prompt.version.id]);
      expect(await getPromptVersion({ client: readOnly, versionId: second.id })).toEqual(second);
      expect((await getPrompt({ client, prompt: prompt.id, versionId: prompt.version.id })).version).toEqual(
        prompt.version,
      );
    });
    it("setPromptVersionLabels, getPromptVersionByLabel, deletePromptVersionLabel: a label moves", async () => {
      const prompt = await create();
      const second = await createPromptVersion({ client, prompt: prompt.id, ...version });
      await setPromptVersionLabels({ client, versionId: prompt.version.id, labels: ["live"] });
      await setPromptVersionLabels({ client, versionId: second.id, labels: ["live"] });
      const found = await getPromptVersionByLabel({ client: readOnly, prompt: prompt.id, labelName: "live" });
      expect(found).toMatchObject({ id: second.id, labels: ["live"] });
      await deletePromptVersionLabel({ client, versionId: second.id, labelName: "live" });
      await expectRefusal(getPromptVersionByLabel({ client, prompt: prompt.id, labelName: "live" }), 404);
    });
    it("getPrompt: at its latest, at a version, at a label; by the space's name; 404 for what is not there", async () => {
      const prompt = await create();
      const second = await createPromptVersion({ client, prompt: prompt.name, space, ...version, commitMessage: "2" });
      await setPromptVersionLabels({ client, versionId: prompt.version.id, labels: ["live"] });
      const at = async (more: object): Promise<string> =>
        (await getPrompt({ client: readOnly, prompt: prompt.name, space: platform.space.name, ...more })).version.id;
      expect(await at({})).toBe(second.id);
      expect(await at({ versionId: prompt.version.id })).toBe(prompt.version.id);
      expect(await at({ label: "live" })).toBe(prompt.version.id);
      const other = await create();
      await expectRefusal(at({ label: "none" }), 404);
      await expectRefusal(at({ label: "LIVE" }), 404);
      await expectRefusal(at({ versionId: other.version.id }), 404);
      await expectRefusal(getPrompt({ client, prompt: absent("Prompt") }), 404);
      await expect(getPrompt({ client, prompt: unique("none"), space })).rejects.toBeInstanceOf(ResolutionError);
    });
    it("createPrompt: everything a version may have", async () => {
      const rich = {
        ...version,
        model: "gpt-4o",
        messages: [
          { role: "SYSTEM" as const, content: "Be brief." },
          {
            ...{ role: "ASSISTANT" as const, content: null },
            tool_calls: [{ id: "c1", type: "FUNCTION" as const, function: { name: "f", arguments: '{"a":1}' } }],
          },
          { role: "TOOL" as const, content: "1", tool_call_id: "c1" },
          { role: "USER" as const, content: "{question}" },
        ],
        invocationParams: {
          ...{ temperature: 0.5, max_tokens: 10, top_p: 1, stop: ["x"] },
          tool_config: { tools: [{ type: "function" }], tool_choice: "auto" },
        },
        providerParams: { region: "eu", anthropic_version: "2023-06-01" },
      };
      const made = await createPrompt({
        client,
        space,
        name: unique("rich"),
        description: "d",
        version: rich,
      });
      expect(made).toMatchObject({ description: "d", spaceId: space, version: rich });
      expect(atob(made.id)).toMatch(/^Prompt:\d+:/);
      expect(atob(made.version.id)).toMatch(/^PromptVersion:\d+:/);
      expect(made.version.commitHash).toMatch(/\S/);
      expect(await getPromptVersion({ client, versionId: made.version.id })).toEqual(made.version);
    });
    it("createPrompt: 400 for no messages, no name, a provider nobody knows, and a penalty above 2; 404 for no space", async () => {
      const make = (change: object, more: object = {}): Promise<unknown> =>
        createPrompt({ client, space, name: unique("p"), version: { ...version, ...change }, ...more });
      await expectRefusal(make({ messages: [] }), 400, /messages/);
      await expectRefusal(make({}, { name: "" }), 400, /name/);
      await expectRefusal(make({ provider: "OTHER" }), 400, /provider/);
      await expectRefusal(make({ invocationParams: { presence_penalty: 3 } }), 400, /presence_penalty/);
      await expectRefusal(make({}, { space: absent("Space") }), 404);
    });
    it("updatePrompt: null clears the description; 404 for none, 400 for no change", async () => {
      const { id } = await create();
      await updatePrompt({ client, prompt: id, description: "d" });
      expect((await updatePrompt({ client, prompt: id, description: null })).description ?? null).toBeNull();
      await expectRefusal(updatePrompt({ client, prompt: absent("Prompt"), description: "x" }), 404);
      await expectRefusal(updatePrompt({ client, prompt: id, description: undefined as never }), 400);
    });
    it("listPrompts: by a part of the name and the space's name; 404 for no space, 400 for a limit of 101", async () => {
      const { id, name } = await create(unique("Particular"));
      const { data } = await listPrompts({ client, space: platform.space.name, name: name.toUpperCase() });
      expect(data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listPrompts({ client, space: absent("Space") }), 404);
      await expectRefusal(listPrompts({ client, limit: 101 }), 400, /limit/);
    });
    it("createPromptVersion: 403 for a reader, 404 for no prompt, 400 for no messages", async () => {
      const { id: prompt } = await create();
      const add = (more: object): Promise<unknown> => createPromptVersion({ client, prompt, ...version, ...more });
      await expectRefusal(add({ client: readOnly }), 403, /PROMPT_UPDATE/);
      await expectRefusal(add({ prompt: absent("Prompt") }), 404);
      await expectRefusal(add({ messages: [] }), 400, /messages/);
    });
    it("listPromptVersions: every one once, newest first; getPromptVersion: 404 for none", async () => {
      const made = await create();
      const ids = [made.version.id];
      for (let n = 0; n < 3; n += 1)
        ids.unshift((await createPromptVersion({ client, prompt: made.id, ...version })).id);
      const versions = await allPages((cursor) =>
        listPromptVersions({ client: readOnly, prompt: made.name, space, limit: 2, ...(cursor && { cursor }) }),
      );
      expect(versions.map(({ id }) => id)).toEqual(ids);
      await expectRefusal(listPromptVersions({ client, prompt: absent("Prompt") }), 404);
      await expectRefusal(getPromptVersion({ client, versionId: absent("PromptVersion") }), 404);
    });
    it("setPromptVersionLabels: replaces, and none is none; 403 for a reader, 404 for no version", async () => {
      const { version: made } = await create();
      const set = async (labels: string[], more: object = {}) =>
        (await setPromptVersionLabels({ client, versionId: made.id, labels, ...more })).labels;
      expect([...((await set(["a", "b"])) ?? [])].sort()).toEqual(["a", "b"]);
      expect(await set(["c"])).toEqual(["c"]);
      expect(await set([])).toEqual([]);
      await expectRefusal(set(["a"], { client: readOnly }), 403, /PROMPT_UPDATE/);
      await expectRefusal(set(["a"], { versionId: absent("PromptVersion") }), 404);
    });
    it("deletePromptVersionLabel: 403 for a reader, 404 for a label the version has not", async () => {
      const { version: made } = await create();
      await setPromptVersionLabels({ client, versionId: made.id, labels: ["a"] });
      const drop = (labelName: string, as = client): Promise<unknown> =>
        deletePromptVersionLabel({ client: as, versionId: made.id, labelName });
      await expectRefusal(drop("a", readOnly), 403, /PROMPT_UPDATE/);
      await expectRefusal(drop("b"), 404);
      expect((await getPromptVersion({ client, versionId: made.id })).labels).toEqual(["a"]);
    });
    it("deletePrompt: it is gone; 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(deletePrompt({ client: readOnly, prompt: id }), 403, /PROMPT_DELETE/);
      await deletePrompt({ client, prompt: id });
      await expectRefusal(getPrompt({ client, prompt: id }), 404);
      await expectRefusal(getPrompt({ client, prompt: absent("Prompt") }), 404);
    });
  });
});
