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
    it("deletePrompt: it is gone; 403 for a reader", async () => {
      const { id } = await create();
      await expectRefusal(deletePrompt({ client: readOnly, prompt: id }), 403, /PROMPT_DELETE/);
      await deletePrompt({ client, prompt: id });
      await expectRefusal(getPrompt({ client, prompt: id }), 404);
      await expectRefusal(getPrompt({ client, prompt: absent("Prompt") }), 404);
    });
  });
});
