import { formatTimestamp } from "@axlab/wire";
import { CreateServiceApiKeyRequest, CreateUserApiKeyRequest, type CreatedApiKey } from "@axlab/wire/rest";
import { locate, spaceRef } from "../../../domain/locate.js";
import type { AccountRow, ApiKeyRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checked, given } from "../input.js";
import { mutation } from "../mutation.js";
import { requireAt } from "../places.js";
import { findUser } from "./node.js";

interface NewKey {
  name: string;
  description?: string | null;
  expiresAt?: number | null;
}

interface NewServiceKey extends NewKey {
  spaceId: string;
  spaceRole?: string | null;
  accountOrganizationRole?: string | null;
  accountRole?: string | null;
}

const newKey = ({ name, description, expiresAt }: NewKey) => ({
  name,
  ...given({ description, expires_at: expiresAt == null ? undefined : formatTimestamp(expiresAt) }),
});

const predefined = (name: string | null | undefined) => (name == null ? undefined : { type: "PREDEFINED", name });

/** The one moment at which a key's secret is given out. */
async function created({ load }: GraphQLContext, key: CreatedApiKey) {
  return { apiKey: key.key, keyInfo: await load.apiKeys.load(key.id) };
}

export const apiKeyResolvers = {
  Account: {
    async apiKeys(account: AccountRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const rows = await domain.core.store.db
        .selectFrom("api_keys")
        .selectAll()
        .where("account_id", "=", account.id)
        .where("key_type", "=", "USER")
        .where("user_id", "=", caller.principal.userId)
        .orderBy("seq")
        .execute();
      return connection(rows, args, { texts: ({ name }) => [name] });
    },
  },
  Space: {
    async apiKeys(row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "SERVICE_KEY_READ", spaceRef(row));
      return connection(await context.load.serviceKeysOfSpace.load(row.id), args, { texts: ({ name }) => [name] });
    },
  },
  ApiKey: {
    expiresAt: (row: ApiKeyRow) => row.expires_at,
    createdAt: (row: ApiKeyRow) => row.created_at,
    keyType: (row: ApiKeyRow) => row.key_type,
    redactedKey: (row: ApiKeyRow) => row.redacted,
    creator: (row: ApiKeyRow, _: unknown, context: GraphQLContext) => findUser(context, row.created_by_user_id),
  },
  Mutation: {
    createUserApiKey: mutation<NewKey>(
      "createUserApiKey",
      { on: "domain", why: "needs developer access, while the account's lock is off" },
      async ({ input, caller, domain, context }) => {
        const request = checked(CreateUserApiKeyRequest, { key_type: "USER", ...newKey(input) });
        return created(context, await domain.apiKeys.create(caller, request));
      },
    ),
    createServiceApiKey: mutation<NewServiceKey>(
      "createServiceApiKey",
      { on: "domain", why: "needs SERVICE_KEY_CREATE in every space that the key covers" },
      async ({ input, caller, domain, context }) => {
        const spaceId = canonicalId(domain.core.store, input.spaceId);
        const space = await locate(domain.core.store.db, "space", spaceId);
        domain.core.gate.require(caller, "SERVICE_KEY_CREATE", space?.ref ?? null);
        const request = checked(CreateServiceApiKeyRequest, {
          key_type: "SERVICE",
          ...newKey(input),
          ...given({ account_role: predefined(input.accountRole) }),
          organizations: [
            {
              org_id: space?.entity.organization_id,
              ...given({ role: predefined(input.accountOrganizationRole) }),
              spaces: [{ space_id: spaceId, ...given({ role: predefined(input.spaceRole) }) }],
            },
          ],
        });
        return created(context, await domain.apiKeys.create(caller, request));
      },
    ),
    revokeApiKey: mutation<{ id: string }>(
      "revokeApiKey",
      { on: "domain", why: "whoever made the key, an account admin, or SERVICE_KEY_REVOKE in every space of it" },
      async ({ input, caller, domain, context }) => {
        const id = canonicalId(domain.core.store, input.id);
        await domain.apiKeys.revoke(caller, id);
        return { keyInfo: await context.load.apiKeys.load(id) };
      },
    ),
  },
};
