import {
  CreateIntegrationRequest,
  Integration,
  IntegrationPage,
  IntegrationPath,
  ListIntegrationsQuery,
  UpdateIntegrationRequest,
} from "@axlab/wire/rest";
import { presentIntegration } from "../../../domain/integrations/present.js";
import { route } from "../pipeline.js";

const tag = "integrations";
const path = "/v2/integrations/{integration_id}";
const why =
  "decided on every place the integration is seen in, with the permission of its type: LLM_INTEGRATION_*, or REMOTE_ENDPOINT_INTEGRATION_*";

export const integrationRoutes = [
  route({
    method: "get",
    path: "/v2/integrations",
    tag,
    summary: "List integrations, newest first",
    access: {
      on: "each",
      requirement: "REMOTE_ENDPOINT_INTEGRATION_READ",
      why: "only the types that the caller may read, AI_PROVIDER_READ for type LLM; a hidden space_id is 404",
    },
    query: ListIntegrationsQuery,
    success: { status: 200, body: IntegrationPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.typedIntegrations.list(caller, input.query);
      return { integrations: items.map(presentIntegration), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/integrations",
    tag,
    summary: "Create an integration; its secrets are never shown again",
    access: { on: "domain", requirement: "REMOTE_ENDPOINT_INTEGRATION_CREATE", why },
    body: CreateIntegrationRequest,
    success: { status: 201, body: Integration },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input }) =>
      presentIntegration(await domain.typedIntegrations.create(caller, input.body)),
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an integration",
    access: { on: "domain", requirement: "REMOTE_ENDPOINT_INTEGRATION_READ", why },
    params: IntegrationPath,
    success: { status: 200, body: Integration },
    errors: [404],
    handle: async ({ caller, domain, input: { params } }) =>
      presentIntegration(await domain.typedIntegrations.get(caller, params.integration_id)),
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change an integration",
    access: { on: "domain", requirement: "REMOTE_ENDPOINT_INTEGRATION_UPDATE", why },
    params: IntegrationPath,
    body: UpdateIntegrationRequest,
    success: { status: 200, body: Integration },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { params, body } }) {
      const row = await domain.typedIntegrations.get(caller, params.integration_id);
      return presentIntegration(await domain.typedIntegrations.update(caller, row, body));
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an integration",
    access: { on: "domain", requirement: "REMOTE_ENDPOINT_INTEGRATION_DELETE", why },
    params: IntegrationPath,
    success: { status: 204 },
    errors: [403, 404],
    async handle({ caller, domain, input: { params } }) {
      await domain.integrations.delete(caller, await domain.typedIntegrations.get(caller, params.integration_id));
    },
  }),
];
