import {
  ApiKeyPage,
  ApiKeyPath,
  CreateApiKeyRequest,
  CreatedApiKey,
  ListApiKeysQuery,
  RefreshApiKeyRequest,
  RefreshedApiKey,
} from "@axlab/wire/rest";
import { route } from "../pipeline.js";

export const apiKeyRoutes = [
  route({
    method: "get",
    path: "/v2/api-keys",
    tag: "api-keys",
    summary: "List user keys, or a space's service keys",
    access: {
      on: "domain",
      requirement: "SERVICE_KEY_READ",
      why: "one's own user keys need nothing, another's an account admin, a space's service keys SERVICE_KEY_READ there",
    },
    query: ListApiKeysQuery,
    success: { status: 200, body: ApiKeyPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.apiKeys.list(caller, input.query);
      return { api_keys: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/api-keys",
    tag: "api-keys",
    summary: "Create a key; its secret is in this answer and in none after it",
    access: {
      on: "domain",
      requirement: "SERVICE_KEY_CREATE",
      why: "a user key needs developer access, a service key SERVICE_KEY_CREATE in every space it covers besides",
    },
    body: CreateApiKeyRequest,
    success: { status: 201, body: CreatedApiKey },
    errors: [403, 404, 422],
    handle: ({ caller, domain, input }) => domain.apiKeys.create(caller, input.body),
  }),
  route({
    method: "post",
    path: "/v2/api-keys/{api_key_id}/refresh",
    tag: "api-keys",
    summary: "Put a new key with a new secret in the place of this one",
    access: {
      on: "domain",
      requirement: "SPACE_ADMIN",
      why: "a user key: its maker or an account admin; a service key: admins of all its spaces, or its maker with SERVICE_KEY_CREATE in them",
    },
    params: ApiKeyPath,
    body: RefreshApiKeyRequest,
    bodyOptional: true,
    success: { status: 200, body: RefreshedApiKey },
    errors: [403, 404, 409, 422],
    handle: ({ caller, domain, input }) => domain.apiKeys.refresh(caller, input.params.api_key_id, input.body),
  }),
  route({
    method: "put",
    path: "/v2/api-keys/{api_key_id}/revoke",
    tag: "api-keys",
    summary: "Revoke a key at once",
    access: {
      on: "domain",
      requirement: "SERVICE_KEY_REVOKE",
      why: "its maker, an account admin, or for a service key whoever holds SERVICE_KEY_REVOKE in all its spaces",
    },
    params: ApiKeyPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ caller, domain, input }) => domain.apiKeys.revoke(caller, input.params.api_key_id),
  }),
];
