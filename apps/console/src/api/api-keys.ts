import { ServiceKeyPage, type ServiceKey } from "@axlab/wire/console";
import {
  ApiKeyPage,
  CreatedApiKey,
  RefreshedApiKey,
  type ApiKey,
  type ApiKeyStatus,
  type CreateApiKeyRequest,
  type RefreshApiKeyRequest,
} from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "./http.js";
import { everything } from "./pages.js";

export const apiKeysKey = ["api-keys"] as const;

/** @param userId somebody else's keys, which account admins may ask for; undefined: one's own */
export const userKeysQuery = (status: ApiKeyStatus, userId: string | undefined) =>
  queryOptions({
    queryKey: [...apiKeysKey, "user", status, userId ?? "own"],
    queryFn: (): Promise<ApiKey[]> =>
      everything("/v2/api-keys", "api_keys", ApiKeyPage, { key_type: "USER", status, user_id: userId }),
  });

export const serviceKeysQuery = (status: ApiKeyStatus) =>
  queryOptions({
    queryKey: [...apiKeysKey, "service", status],
    queryFn: (): Promise<ServiceKey[]> =>
      everything("/console/service-keys", "service_keys", ServiceKeyPage, { status }),
  });

/**
 * The secret is in this answer and in none after it. Called directly, not through a mutation: a mutation would keep what came back.
 * @throws RefusedError, UnreachableError
 */
export const createKey = (body: CreateApiKeyRequest): Promise<CreatedApiKey> =>
  ask("/v2/api-keys", CreatedApiKey, { method: "POST", body });

/** As `createKey`. @throws RefusedError, UnreachableError */
export const refreshKey = (id: string, body: RefreshApiKeyRequest): Promise<RefreshedApiKey> =>
  ask(`/v2/api-keys/${encodeURIComponent(id)}/refresh`, RefreshedApiKey, { method: "POST", body });

/** @throws RefusedError, UnreachableError */
export const revokeKey = (id: string): Promise<void> =>
  tell(`/v2/api-keys/${encodeURIComponent(id)}/revoke`, { method: "PUT" });
