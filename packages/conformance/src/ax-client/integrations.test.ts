import {
  createIntegration,
  deleteIntegration,
  getIntegration,
  listIntegrations,
  updateIntegration,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { AX_CLIENT, axClients, expectRefusal, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service: client, readOnly } = axClients(platform);
const space = platform.space.id;
const scopings = [{ organizationId: platform.organization.id, spaceId: space }];
const SECRET = "sk-provider-secret-0123456789";

const agent = (as = client): ReturnType<typeof createIntegration> =>
  createIntegration({
    ...{ client: as, type: "AGENT", name: unique("agent"), scopings },
    config: {
      ...{ endpoint: "https://agent.example.com/run", headers: { auth: SECRET }, inputSchema: { type: "object" } },
      requestPresets: [{ name: "one", config: { a: 1 } }],
    },
  });

describe(AX_CLIENT, () => {
  describe("integrations", () => {
    it("createIntegration, LLM: has a key and does not give it back; getIntegration finds it by id and by name", async () => {
      const made = await createIntegration({
        ...{ client, type: "LLM", name: unique("llm"), scopings, config: { provider: "GEMINI", apiKey: SECRET } },
      });
      expect(made).toMatchObject({ type: "LLM", config: { provider: "GEMINI", hasApiKey: true } });
      expect(JSON.stringify(made)).not.toContain(SECRET);
      expect(await getIntegration({ client: readOnly, integration: made.id })).toEqual(made);
      expect(await getIntegration({ client, integration: made.name, type: "LLM", space })).toEqual(made);
    });
    it("createIntegration, AGENT: keeps presets and shows no header; 403 for a reader", async () => {
      const made = await agent();
      expect(made).toMatchObject({ type: "AGENT", config: { hasHeaders: true, requestPresets: [{ name: "one" }] } });
      expect(JSON.stringify(made)).not.toContain(SECRET);
      await expectRefusal(agent(readOnly), 403, /REMOTE_ENDPOINT_INTEGRATION_CREATE/);
    });
    it("updateIntegration, listIntegrations, deleteIntegration", async () => {
      const { id } = await agent();
      const changed = await updateIntegration({ client, integration: id, type: "AGENT", description: "d" });
      expect(changed).toMatchObject({ id, description: "d" });
      await expectRefusal(
        updateIntegration({ client: readOnly, integration: id, type: "AGENT", description: "x" }),
        ...([403, /REMOTE_ENDPOINT_INTEGRATION_UPDATE/] as const),
      );
      const { data } = await listIntegrations({ client: readOnly, type: "AGENT", space });
      expect(data[0]?.id).toBe(id);
      await expectRefusal(deleteIntegration({ client: readOnly, integration: id }), 403, /INTEGRATION_DELETE/);
      await deleteIntegration({ client, integration: id });
      await expectRefusal(getIntegration({ client, integration: id }), 404);
    });
  });
});
