import { ResolutionError } from "@axlab/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { absent, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, expectApiError, sdkClients } from "../support/sdk.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { readOnly, service } = sdkClients(platform);
const version = {
  ...{ commit_message: "first", provider: "OPEN_AI" as const, model: "gpt-4o" },
  messages: [{ role: "USER" as const, content: "{question}" }],
};
type Create = Parameters<typeof service.prompts.create>[0];
const create = (more: Partial<Create> = {}, as = service): ReturnType<typeof service.prompts.create> =>
  as.prompts.create({ name: unique("prompt"), version, ...more });

describe(AXLAB_SDK, () => {
  it("prompts.create: answers what it made, with its defaults", async () => {
    const made = await create({ description: "d", space: platform.space.name });
    expect(made).toMatchObject({ description: "d", space_id: platform.space.id });
    expect(made.version).toMatchObject({
      ...version,
      prompt_id: made.id,
      input_variable_format: "F_STRING",
      labels: [],
    });
  });
  it("prompts.create: 409 for a name the space has, 403 for a reader, 404 for no space, 400 for no messages", async () => {
    const { name } = await create();
    await expectApiError(create({ name }), 409, platform);
    await expectApiError(create({}, readOnly), 403, platform);
    await expectApiError(create({ space: absent("Space") }), 404, platform);
    await expect(create({ version: { ...version, messages: [] } })).rejects.toThrow(/messages/);
  });
  it("prompts.get: by id and by name, at its latest, at a version, at a label", async () => {
    const made = await create();
    const second = await service.prompts.createVersion(made.name, { ...version, commit_message: "second" });
    await service.prompts.setLabels(made.version.id, ["live"]);
    expect((await readOnly.prompts.get(made.id)).version).toEqual(second);
    expect((await readOnly.prompts.get(made.name, { space: platform.space.name })).id).toBe(made.id);
    expect((await readOnly.prompts.get(made.name, { version_id: made.version.id })).version.id).toBe(made.version.id);
    expect((await readOnly.prompts.get(made.name, { label: "live" })).version.id).toBe(made.version.id);
    await expectApiError(readOnly.prompts.get(absent("Prompt")), 404, platform);
    await expectApiError(readOnly.prompts.get(made.id, { label: "none" }), 404, platform);
    await expect(readOnly.prompts.get(unique("none"))).rejects.toBeInstanceOf(ResolutionError);
  });
  it("prompts.list: every one once, most recently updated first", async () => {
    const made = [await create(), await create(), await create()].map(({ id }) => id);
    await service.prompts.update(made[0] ?? "", { description: "touched" });
    const ids = (await readOnly.prompts.list({ space: platform.space.id, limit: 2 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe(made[0]);
    expect(ids).toEqual(expect.arrayContaining(made));
    await expectApiError(readOnly.prompts.list({ space: absent("Space") }).toArray(), 404, platform);
  });
  it("prompts.update: describes, and null clears; 403 for a reader, 404 for none", async () => {
    const { id, name } = await create();
    expect(await service.prompts.update(name, { description: "d" })).toMatchObject({ id, description: "d" });
    expect((await service.prompts.update(id, { description: null })).description ?? null).toBeNull();
    await expectApiError(readOnly.prompts.update(id, { description: "x" }), 403, platform);
    await expectApiError(service.prompts.update(absent("Prompt"), { description: "x" }), 404, platform);
  });
  it("prompts.createVersion, prompts.versions, prompts.getVersion: newest first", async () => {
    const made = await create();
    const ids = [made.version.id];
    for (let n = 0; n < 3; n += 1) ids.unshift((await service.prompts.createVersion(made.id, version)).id);
    const versions = await readOnly.prompts.versions(made.name, { limit: 2 }).toArray();
    expect(versions.map(({ id }) => id)).toEqual(ids);
    expect(await readOnly.prompts.getVersion(ids[0] ?? "")).toEqual(versions[0]);
    await expectApiError(readOnly.prompts.createVersion(made.id, version), 403, platform);
    await expectApiError(readOnly.prompts.getVersion(absent("PromptVersion")), 404, platform);
  });
  it("prompts.setLabels, prompts.getVersionByLabel, prompts.removeLabel: a label moves, and goes", async () => {
    const made = await create();
    const second = await service.prompts.createVersion(made.id, version);
    await service.prompts.setLabels(made.version.id, ["live", "old"]);
    expect((await service.prompts.setLabels(second.id, ["live"])).labels).toEqual(["live"]);
    expect((await readOnly.prompts.getVersionByLabel(made.name, "live")).id).toBe(second.id);
    expect((await readOnly.prompts.getVersion(made.version.id)).labels).toEqual(["old"]);
    await expectApiError(readOnly.prompts.setLabels(second.id, []), 403, platform);
    await expectApiError(readOnly.prompts.removeLabel(second.id, "live"), 403, platform);
    await service.prompts.removeLabel(second.id, "live");
    await expectApiError(readOnly.prompts.getVersionByLabel(made.id, "live"), 404, platform);
    await expectApiError(service.prompts.removeLabel(second.id, "live"), 404, platform);
  });
  it("prompts.delete: it is gone; 403 for a reader, 404 the second time", async () => {
    const { id, name } = await create();
    await expectApiError(readOnly.prompts.delete(id), 403, platform);
    await service.prompts.delete(name);
    await expectApiError(service.prompts.get(id), 404, platform);
    await expectApiError(service.prompts.delete(id), 404, platform);
  });
});
