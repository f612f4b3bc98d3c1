import {
  AiIntegration,
  AiIntegrationPage,
  CreateAiIntegrationRequest,
  IntegrationPath,
  ListAiIntegrationsQuery,
  UpdateAiIntegrationRequest,
} from "@axlab/wire/rest";
import { presentAiIntegration } from "../../../domain/ai-integrations/ai-integrations.js";
import { route } from "../pipeline.js";

const tag = "ai-integrations";
const path = "/v2/ai-integrations/{integration_id}";
const why = "decided on every place the integration is seen in: a space, an organization or the account";

export const aiIntegrationRoutes = [
  route({
    method: "get",
    path: "/v2/ai-integrations",
    tag,
    summary: "List AI integrations, newest first",
    access: {
      on: "each",
      requirement: "AI_PROVIDER_READ",
      why: "an integration is listed when the caller may read integrations in a place it is seen in; a hidden space_id is 404",
    },
    query: ListAiIntegrationsQuery,
    success: { status: 200, body: AiIntegrationPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.aiIntegrations.list(caller, input.query);
      return { ai_integrations: items.map(presentAiIntegration), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/ai-integrations",
    tag,
    summary: "Create an AI integration; its key is never shown again",
    access: { on: "domain", requirement: "LLM_INTEGRATION_CREATE", why },
    body: CreateAiIntegrationRequest,
    success: { status: 201, body: AiIntegration },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input }) =>
      presentAiIntegration(await domain.aiIntegrations.create(caller, input.body)),
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an AI integration",
    access: { on: "domain", requirement: "AI_PROVIDER_READ", why },
    params: IntegrationPath,
    success: { status: 200, body: AiIntegration },
    errors: [404],
    handle: async ({ caller, domain, input: { params } }) =>
      presentAiIntegration(await domain.aiIntegrations.get(caller, params.integration_id)),
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change an AI integration",
    access: { on: "domain", requirement: "LLM_INTEGRATION_UPDATE", why },
    params: IntegrationPath,
    body: UpdateAiIntegrationRequest,
    success: { status: 200, body: AiIntegration },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { params, body } }) {
      const row = await domain.aiIntegrations.get(caller, params.integration_id);
      return presentAiIntegration(await domain.aiIntegrations.update(caller, row, body));
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an AI integration",
    access: { on: "domain", requirement: "LLM_INTEGRATION_DELETE", why },
    params: IntegrationPath,
    success: { status: 204 },
    errors: [403, 404],
    async handle({ caller, domain, input: { params } }) {
      await domain.aiIntegrations.delete(caller, await domain.aiIntegrations.get(caller, params.integration_id));
    },
  }),
];
