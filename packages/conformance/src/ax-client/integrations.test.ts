import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  listIntegrations,
  ResolutionError,
  updateIntegration,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly } = clients;
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const SECRET = "sk-provider-secret-0123456789";

const llm = (more: object = {}): ReturnType<typeof createIntegration> =>
  createIntegration({
    ...{ client, type: "LLM", name: unique("llm"), scopings, config: { provider: "GEMINI", apiKey: SECRET }, ...more },
  });
const config = {
  ...{ endpoint: "https://agent.example.com/run", headers: { auth: SECRET }, inputSchema: { type: "object" } },
  requestPresets: [{ name: "one", config: { a: 1 } }],
};
const agent = (more: object = {}): ReturnType<typeof createIntegration> =>
  createIntegration({ client, type: "AGENT", name: unique("agent"), scopings, config, ...more });

describe(AX_CLIENT, () => {
  describe("integrations", () => {
    it("createIntegration: LLM, has a key and does not give it back", async () => {
      const made = await llm();
      expect(atob(made.id)).toMatch(/^LlmIntegration:\d+:/);
      expect(made).toMatchObject({ type: "LLM", scopings, config: { provider: "GEMINI", hasApiKey: true } });
      expect(made).toMatchObject({ config: { isFunctionCallingEnabled: true } });
      expect(JSON.stringify(made)).not.toContain(SECRET);
    });
    it("createIntegration: LLM, of each provider", async () => {
      for (const given of [
        { provider: "OPEN_AI", apiKey: SECRET },
        { provider: "ANTHROPIC", apiKey: SECRET },
        { provider: "NVIDIA_NIM", isDefaultModelsEnabled: true },
        { provider: "AWS_BEDROCK", auth: { authType: "DEFAULT", roleArn: "arn" }, modelNames: ["m"] },
        { provider: "CUSTOM", baseUrl: "https://models.example.com", modelNames: ["m"] },
        { provider: "VERTEX_AI", projectId: "p", location: "l", projectAccessLabel: "a" },
      ]) {
        const made = await llm({ config: given });
        const { apiKey: _secret, ...shown } = { apiKey: undefined, ...given };
        expect(made.config).toMatchObject(shown);
        expect(JSON.stringify(made)).not.toContain(SECRET);
      }
    });
    it("createIntegration: 422 for a provider without a model, 400 for one that nobody knows", async () => {
      await expectRefusal(llm({ config: { provider: "NVIDIA_NIM" } }), 422, /model/);
      const body = { type: "LLM", name: unique("llm"), config: { provider: "OTHER" } };
      const { error } = await client.POST("/v2/integrations", { body: body as never });
      expect(error).toMatchObject({ status: 400, detail: expect.stringContaining("provider") });
    });
    it("createIntegration: AGENT, keeps presets and shows no header", async () => {
      const made = await agent({ description: "d" });
      expect(atob(made.id)).toMatch(/^RemoteEndpointIntegration:\d+:/);
      expect(made).toMatchObject({ type: "AGENT", description: "d", config: { hasHeaders: true } });
      expect(made).toMatchObject({
        config: { endpoint: config.endpoint, requestPresets: [{ name: "one", config: { a: 1 } }] },
      });
      expect(JSON.stringify(made)).not.toContain(SECRET);
    });
    it("createIntegration: 409 for a name that its type has, and none for one that the other type has", async () => {
      const { name } = await llm();
      await expectRefusal(llm({ name }), 409);
      expect(await agent({ name })).toMatchObject({ name, type: "AGENT" });
    });
    it("createIntegration: 403 for a reader, 401 for an unknown key, 404 for a space that does not exist", async () => {
      await expectRefusal(llm({ client: readOnly }), 403, /LLM_INTEGRATION_CREATE/);
      await expectRefusal(agent({ client: readOnly }), 403, /REMOTE_ENDPOINT_INTEGRATION_CREATE/);
      await expectRefusal(llm({ client: clients.unknown }), 401);
      const nowhere = [{ organizationId: platform.organization.id, spaceId: absent("Space") }];
      await expectRefusal(llm({ scopings: nowhere }), 404);
    });
    it("createIntegration: 400 for no name, no key, and an endpoint that is no URL", async () => {
      await expectRefusal(llm({ name: "" }), 400, /name/);
      await expectRefusal(llm({ config: { provider: "OPEN_AI" } }), 400, /api_key/);
      await expectRefusal(agent({ config: { ...config, endpoint: "nowhere" } }), 400, /endpoint/);
    });

    it("getIntegration: by id and by name; 404 for none; a name nobody has is not resolved", async () => {
      const [one, other] = [await llm(), await agent()];
      expect(await getIntegration({ client: readOnly, integration: one.id })).toEqual(one);
      expect(await getIntegration({ client, integration: one.name, type: "LLM", space })).toEqual(one);
      expect(await getIntegration({ client, integration: other.name, type: "AGENT", space })).toEqual(other);
      await expectRefusal(getIntegration({ client, integration: absent("LlmIntegration") }), 404);
      await expectRefusal(getIntegration({ client, integration: absent("RemoteEndpointIntegration") }), 404);
      const none = getIntegration({ client, integration: unique("none"), type: "LLM", space });
      await expect(none).rejects.toBeInstanceOf(ResolutionError);
    });

    it("listIntegrations: every one once, newest first, of both types when none is named", async () => {
      const made = [await llm(), await agent(), await llm()].map(({ id }) => id);
      const listed = async (type?: "LLM" | "AGENT"): Promise<string[]> =>
        (
          await allPages((cursor) =>
            listIntegrations({ client: readOnly, space, limit: 2, ...(type && { type }), ...(cursor && { cursor }) }),
          )
        ).map(({ id }) => id);
      const both = await listed();
      expect(new Set(both).size).toBe(both.length);
      expect(both.slice(0, 3)).toEqual([...made].reverse());
      expect((await listed("AGENT"))[0]).toBe(made[1]);
      expect((await listed("LLM")).slice(0, 2)).toEqual([made[2], made[0]]);
    });
    it("listIntegrations: by a part of the name; 404 for no space, 400 for a type, a limit or a cursor that may not be", async () => {
      const { id, name } = await agent({ name: unique("Particular") });
      const { data } = await listIntegrations({ client, name: name.toUpperCase(), space: platform.space.name });
      expect(data.map((one) => one.id)).toEqual([id]);
      await expectRefusal(listIntegrations({ client, space: absent("Space") }), 404);
      await expectRefusal(listIntegrations({ client, type: "OTHER" as "LLM" }), 400, /type/);
      await expectRefusal(listIntegrations({ client, limit: 101 }), 400, /limit/);
      await expectRefusal(listIntegrations({ client, cursor: "none" }), 400, /cursor/);
    });

    it("updateIntegration: what it names, and nothing else; null clears", async () => {
      const made = await agent({ description: "d" });
      const name = unique("renamed");
      const changed = await updateIntegration({ client, integration: made.name, type: "AGENT", space, name });
      expect(changed).toMatchObject({ id: made.id, name, description: "d", config: made.config });
      const cleared = await updateIntegration({ client, integration: made.id, type: "AGENT", description: null });
      expect(cleared).toMatchObject({ name });
      expect("description" in cleared ? (cleared.description ?? null) : null).toBeNull();
      const key = await llm();
      const other = await updateIntegration({
        client,
        integration: key.id,
        type: "LLM",
        config: { provider: "GEMINI", apiKey: "other" },
      });
      expect(other).toMatchObject({ id: key.id, config: { hasApiKey: true } });
    });
    it("updateIntegration: 403 for a reader, 404 for none, 409 for a name in use, 422 for another type; no change is refused before it asks", async () => {
      const [{ id: integration }, { name }, { id: other }] = [await agent(), await agent(), await llm()];
      const update = (more: object): Promise<unknown> =>
        updateIntegration({ client, integration, type: "AGENT", ...more } as never);
      await expectRefusal(update({ client: readOnly, name: "x" }), 403, /REMOTE_ENDPOINT_INTEGRATION_UPDATE/);
      await expectRefusal(update({ integration: absent("RemoteEndpointIntegration"), name: "x" }), 404);
      await expectRefusal(update({ name }), 409);
      await expect(update({})).rejects.toThrow(/At least one/);
      await expectRefusal(update({ integration: other, name: "x" }), 422, /type/);
    });

    it("deleteIntegration: it is gone; 403 for a reader, 404 the second time", async () => {
      const { id: integration, name } = await agent();
      await expectRefusal(deleteIntegration({ client: readOnly, integration }), 403, /INTEGRATION_DELETE/);
      await deleteIntegration({ client, integration: name, type: "AGENT", space });
      await expectRefusal(getIntegration({ client, integration }), 404);
      await expectRefusal(deleteIntegration({ client, integration }), 404);
    });
  });
});
