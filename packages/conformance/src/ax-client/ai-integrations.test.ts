import {
  createAiIntegration,
  deleteAiIntegration,
  getAiIntegration,
  listAiIntegrations,
  ResolutionError,
  updateAiIntegration,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { absent, allPages, AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const clients = axClients(platform);
const { service: client, readOnly, admin } = clients;
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const SECRET = "sk-provider-secret-0123456789";

type Input = Parameters<typeof createAiIntegration>[0];
const create = (more: Partial<Input> = {}): ReturnType<typeof createAiIntegration> =>
  createAiIntegration({ client, name: unique("models"), provider: "OPEN_AI", apiKey: SECRET, scopings, ...more });

describe(AX_CLIENT, () => {
  describe("AI integrations", () => {
    it("createAiIntegration: does not give the key back, and fills in the defaults", async () => {
      const made = await create();
      expect(atob(made.id)).toMatch(/^LlmIntegration:\d+:/);
      expect(made).toMatchObject({ hasApiKey: true, scopings, provider: "OPEN_AI", authType: "DEFAULT" });
      expect(made).toMatchObject({ enableDefaultModels: false, functionCallingEnabled: true });
      expect(JSON.stringify(made)).not.toContain(SECRET);
    });
    it("createAiIntegration: everything it may have", async () => {
      const fields = {
        ...{ baseUrl: "https://proxy.example.com", modelNames: ["a", "b"], headers: { "x-team": "one" } },
        ...{ enableDefaultModels: true, functionCallingEnabled: false, authType: "PROXY_WITH_HEADERS" as const },
      };
      expect(await create({ provider: "CUSTOM", ...fields })).toMatchObject(fields);
      const aws = { kind: "AWS" as const, role_arn: "arn:aws:iam::123456789012:role/r" };
      expect((await create({ provider: "AWS_BEDROCK", providerMetadata: aws })).providerMetadata).toMatchObject(aws);
      const gcp = { kind: "GCP" as const, project_id: "p", location: "l", project_access_label: "a" };
      expect((await create({ provider: "VERTEX_AI", providerMetadata: gcp })).providerMetadata).toEqual(gcp);
    });
    it("createAiIntegration: for the whole account when it names no scopings, by an admin", async () => {
      const { scopings: _scopings, ...input } = {
        client: admin,
        name: unique("all"),
        provider: "GEMINI" as const,
        scopings,
      };
      expect((await createAiIntegration(input)).hasApiKey).toBe(false);
    });
    it("createAiIntegration: 409 for a name the account has", async () => {
      const { name } = await create();
      await expectRefusal(create({ name, provider: "GEMINI" }), 409);
    });
    it("createAiIntegration: 403 for a reader, and for the whole account; 401 for an unknown key", async () => {
      await expectRefusal(create({ client: readOnly }), 403, /LLM_INTEGRATION_CREATE/);
      await expectRefusal(create({ scopings: [] }), 403, /LLM_INTEGRATION_CREATE/);
      await expectRefusal(create({ client: clients.unknown }), 401);
    });
    it("createAiIntegration: 400 for no name, and a provider or an authentication nobody knows", async () => {
      await expectRefusal(create({ name: "" }), 400, /name/);
      await expectRefusal(create({ provider: "OTHER" as "GEMINI" }), 400, /provider/);
      await expectRefusal(create({ authType: "OTHER" as "DEFAULT" }), 400, /auth_type/);
    });
    it("createAiIntegration: Bedrock and Vertex need their metadata", async () => {
      for (const provider of ["AWS_BEDROCK", "VERTEX_AI"] as const)
        await expect(create({ provider })).rejects.toThrow(/provider_metadata/);
    });
    it("createAiIntegration: 404 for a space that does not exist", () =>
      expectRefusal(
        create({ scopings: [{ organizationId: platform.organization.id, spaceId: absent("Space") }] }),
        404,
      ));

    it("getAiIntegration: by id and by name; 404 for none; a name nobody has is not resolved", async () => {
      const made = await create();
      expect(await getAiIntegration({ client: readOnly, integration: made.id })).toEqual(made);
      expect(await getAiIntegration({ client, integration: made.name, space })).toEqual(made);
      await expectRefusal(getAiIntegration({ client, integration: absent("LlmIntegration") }), 404);
      const none = getAiIntegration({ client, integration: unique("none"), space });
      await expect(none).rejects.toBeInstanceOf(ResolutionError);
    });

    it("listAiIntegrations: every one once, and no key among them", async () => {
      const made = [await create(), await create(), await create()].map(({ id }) => id);
      const all = await allPages((cursor) =>
        listAiIntegrations({ client: readOnly, space, limit: 2, ...(cursor && { cursor }) }),
      );
      const ids = all.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(made));
      expect(JSON.stringify(all)).not.toContain(SECRET);
    });
    it("listAiIntegrations: by a part of the name and the space's name; 404 for no space, 400 for a limit of 101", async () => {
      const { id, name } = await create({ name: unique("Particular") });
      const found = async (filter: object): Promise<string[]> =>
        (await listAiIntegrations({ client, ...filter })).data.map((one) => one.id);
      expect(await found({ name: name.toLowerCase().slice(2), space: platform.space.name })).toEqual([id]);
      expect(await found({ name, space: unique("nowhere") })).toEqual([]);
      await expectRefusal(listAiIntegrations({ client, space: absent("Space") }), 404);
      await expectRefusal(listAiIntegrations({ client, limit: 101 }), 400, /limit/);
    });

    it("updateAiIntegration: what it names, and nothing else", async () => {
      const made = await create({ modelNames: ["a"], baseUrl: "https://one.example.com" });
      const name = unique("renamed");
      const changed = await updateAiIntegration({ client, integration: made.name, space, name, modelNames: ["b"] });
      expect(changed).toMatchObject({ id: made.id, name, modelNames: ["b"], baseUrl: "https://one.example.com" });
      expect(changed).toMatchObject({ hasApiKey: true, scopings });
      expect(await getAiIntegration({ client, integration: made.id })).toEqual(changed);
    });
    it("updateAiIntegration: null clears the key, the address, the headers", async () => {
      const { id } = await create({ baseUrl: "https://one.example.com", headers: { a: "b" } });
      const cleared = await updateAiIntegration({
        client,
        integration: id,
        apiKey: null,
        baseUrl: null,
        headers: null,
      });
      expect(cleared.hasApiKey).toBe(false);
      expect([cleared.baseUrl ?? null, cleared.headers ?? null]).toEqual([null, null]);
    });
    it("updateAiIntegration: 403 for a reader, 404 for none, 409 for a name in use, 400 for no change", async () => {
      const [{ id: integration }, { name }] = [await create(), await create()];
      const update = (more: object): Promise<unknown> => updateAiIntegration({ client, integration, ...more });
      await expectRefusal(update({ client: readOnly, name: "x" }), 403, /LLM_INTEGRATION_UPDATE/);
      await expectRefusal(update({ integration: absent("LlmIntegration"), name: "x" }), 404);
      await expectRefusal(update({ name }), 409);
      await expectRefusal(update({}), 400);
      await expectRefusal(update({ provider: "OTHER" }), 400, /provider/);
    });

    it("deleteAiIntegration: it is gone; by name too; 403 for a reader, 404 the second time", async () => {
      const { id: integration, name } = await create();
      await expectRefusal(deleteAiIntegration({ client: readOnly, integration }), 403, /LLM_INTEGRATION_DELETE/);
      await deleteAiIntegration({ client, integration: name, space });
      await expectRefusal(getAiIntegration({ client, integration }), 404);
      await expectRefusal(deleteAiIntegration({ client, integration }), 404);
    });
  });
});
