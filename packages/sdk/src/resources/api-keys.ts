import type {
  ApiKey,
  ApiKeyStatus,
  ApiKeyType,
  CreatedApiKey,
  CreateServiceApiKeyRequest,
  RefreshedApiKey,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { ArizeError } from "../errors/index.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { organizationId, spaceId, userId } from "../resolve/index.js";
import { Secret } from "../secret.js";
import type { CallOptions } from "../transport/types.js";
import {
  assignment,
  timeText,
  type AccountRoleInput,
  type OrganizationRoleInput,
  type SpaceRoleInput,
  type TimeInput,
} from "./inputs.js";

export interface ListApiKeys extends ListOptions {
  readonly key_type?: ApiKeyType | undefined;
  /** Default `ACTIVE`. */
  readonly status?: ApiKeyStatus | undefined;
  /** Id or name: lists the service keys of that space. Without it: the caller's user keys. */
  readonly space?: string | undefined;
  /** Id or e-mail address; another person's keys are for account admins. */
  readonly user?: string | undefined;
}

export interface CreateApiKey {
  /** 1–256 characters. */
  readonly name: string;
  readonly description?: string | undefined;
  /** Default: never. */
  readonly expires_at?: TimeInput | undefined;
}

export interface CreateServiceKey extends CreateApiKey {
  /** Default `MEMBER`. */
  readonly account_role?: AccountRoleInput | undefined;
  /** Where the key works. Roles default to `READ_ONLY` in the organization and `MEMBER` in the space. */
  readonly organizations: readonly {
    /** Id or name. */
    readonly organization: string;
    readonly role?: OrganizationRoleInput | undefined;
    readonly spaces: readonly {
      /** Id or name. */
      readonly space: string;
      readonly role?: SpaceRoleInput | undefined;
    }[];
  }[];
}

export interface RefreshApiKey {
  /** Needed when the key has an expiry, and no later than that. */
  readonly expires_at?: TimeInput | undefined;
  /** How long the old secret keeps working: 0–86 400 s, default 0. */
  readonly grace_period_seconds?: number | undefined;
}

type WithSecret<Created> = Omit<Created, "key"> & {
  /** The secret, shown here and never again: `key.reveal()`. Every print of it is redacted. */
  readonly key: Secret;
};
export type CreatedUserKey = WithSecret<Extract<CreatedApiKey, { key_type: "USER" }>>;
export type CreatedServiceKey = WithSecret<Extract<CreatedApiKey, { key_type: "SERVICE" }>>;
export type RefreshedKey = WithSecret<RefreshedApiKey>;

/** API keys (`spec/rest.md` §3.1). The secret of a key is answered once, by create and refresh. */
export class ApiKeys {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ space, user, key_type, status, limit, cursor }: ListApiKeys = {}, options: CallOptions = {}): Paged<ApiKey> {
    return pagedWithin(
      async () => ({
        space_id: space === undefined ? undefined : await spaceId(this.#context, space, options),
        user_id: user === undefined ? undefined : await userId(this.#context, user, options),
      }),
      async (scope, at) => {
        const query = { ...scope, key_type, status, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/api-keys", { query, ...options });
        return { items: page.api_keys, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** A key that acts as the person who makes it, with whatever they may do at the time of each request. */
  async create(key: CreateApiKey, options: CallOptions = {}): Promise<CreatedUserKey> {
    const body = { ...key, key_type: "USER" as const, expires_at: timeText(key.expires_at) };
    const created = await this.#context.rest.post("/v2/api-keys", { body, ...options });
    if (created.key_type !== "USER") throw new ArizeError("Asked for a user key, the server made a service key");
    return { ...created, key: new Secret(created.key) };
  }

  /**
   * A key that acts as a new bot user with the roles given here.
   * @throws UnprocessableEntityError for a role above the caller's own
   */
  async createService(key: CreateServiceKey, options: CallOptions = {}): Promise<CreatedServiceKey> {
    const { account_role, organizations, expires_at, ...rest } = key;
    const body: CreateServiceApiKeyRequest = {
      ...rest,
      key_type: "SERVICE",
      expires_at: timeText(expires_at),
      ...(account_role === undefined ? {} : { account_role: await assignment(this.#context, account_role, options) }),
      organizations: await Promise.all(organizations.map((organization) => this.#grant(organization, options))),
    };
    const created = await this.#context.rest.post("/v2/api-keys", { body, ...options });
    if (created.key_type !== "SERVICE") throw new ArizeError("Asked for a service key, the server made a user key");
    return { ...created, key: new Secret(created.key) };
  }

  /**
   * Replaces the secret. The old one stops working at once, or after `grace_period_seconds`.
   * @throws ConflictError when the key was refreshed at the same moment
   */
  async refresh(api_key_id: string, refresh: RefreshApiKey = {}, options: CallOptions = {}): Promise<RefreshedKey> {
    const body = { ...refresh, expires_at: timeText(refresh.expires_at) };
    const refreshed = await this.#context.rest.post("/v2/api-keys/{api_key_id}/refresh", {
      path: { api_key_id },
      body,
      ...options,
    });
    return { ...refreshed, key: new Secret(refreshed.key) };
  }

  /** Takes effect at once and cannot be undone; revoking twice is no error. */
  async revoke(api_key_id: string, options: CallOptions = {}): Promise<void> {
    await this.#context.rest.put("/v2/api-keys/{api_key_id}/revoke", { path: { api_key_id }, ...options });
  }

  async #grant(grant: CreateServiceKey["organizations"][number], options: CallOptions) {
    const role = grant.role === undefined ? {} : { role: await assignment(this.#context, grant.role, options) };
    const org_id = await organizationId(this.#context, grant.organization, options);
    const spaces = await Promise.all(
      grant.spaces.map(async (space) => ({
        space_id: await spaceId(this.#context, space.space, options),
        ...(space.role === undefined ? {} : { role: await assignment(this.#context, space.role, options) }),
      })),
    );
    return { org_id, ...role, spaces };
  }
}
