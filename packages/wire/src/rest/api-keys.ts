import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { RequestTimestamp, Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, requestBody, textField } from "./fields.js";
import {
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  SpaceRoleAssignment,
  SpaceRoleAssignmentRequest,
  UserRoleAssignment,
  UserRoleAssignmentRequest,
} from "./role-assignments.js";

export const ApiKeyType = z.enum(["USER", "SERVICE"]).meta({ id: "ApiKeyType" });
export type ApiKeyType = z.infer<typeof ApiKeyType>;
/** An expired key has no status of its own. */
export const ApiKeyStatus = z.enum(["ACTIVE", "REVOKED"]).meta({ id: "ApiKeyStatus" });
export type ApiKeyStatus = z.infer<typeof ApiKeyStatus>;

const keyFields = {
  id: Id,
  name: z.string(),
  description: z.string().optional(),
  key_type: ApiKeyType,
  status: ApiKeyStatus,
  redacted_key: z.string().meta({ description: "First and last characters of the secret, e.g. ak-abc...xyz" }),
  created_at: Rfc3339,
  expires_at: Rfc3339.optional(),
  created_by_user_id: Id,
  last_used_at: Rfc3339.optional().meta({ description: "Approximate" }),
};
const secret = z.string().meta({ description: "The secret. Answered here and never again" });

/** An API key without its secret (spec/rest.md §3.1). */
export const ApiKey = z.strictObject(keyFields).meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyPage = pageOf("api_keys", ApiKey).meta({ id: "ApiKeyPage" });
export type ApiKeyPage = z.infer<typeof ApiKeyPage>;

/** The user a service key acts as, with every default role filled in. */
export const BotUser = z
  .strictObject({
    id: Id,
    name: z.string(),
    account_role: UserRoleAssignment,
    organizations: z
      .array(
        z.strictObject({
          org_id: Id,
          role: OrganizationRoleAssignment,
          spaces: z.array(z.strictObject({ space_id: Id, role: SpaceRoleAssignment })),
        }),
      )
      .min(1),
  })
  .meta({ id: "BotUser" });
export type BotUser = z.infer<typeof BotUser>;

const CreatedUserKey = z
  .strictObject({ ...keyFields, key_type: z.literal("USER"), key: secret })
  .meta({ id: "CreatedUserApiKey" });
const CreatedServiceKey = z
  .strictObject({ ...keyFields, key_type: z.literal("SERVICE"), key: secret, bot_user: BotUser })
  .meta({ id: "CreatedServiceApiKey" });
/** The answer to create: the only one besides refresh that holds the secret. */
export const CreatedApiKey = z
  .discriminatedUnion("key_type", [CreatedUserKey, CreatedServiceKey])
  .meta({ id: "CreatedApiKey" });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

/** The answer to refresh: never a `bot_user`. */
export const RefreshedApiKey = z.strictObject({ ...keyFields, key: secret }).meta({ id: "RefreshedApiKey" });
export type RefreshedApiKey = z.infer<typeof RefreshedApiKey>;

const newKeyFields = {
  name: nameField(256),
  description: textField(1000).optional(),
  expires_at: RequestTimestamp.optional().meta({ description: "Without it the key never expires" }),
};

/** A key that acts as the person who makes it. */
export const CreateUserApiKeyRequest = requestBody({ key_type: z.literal("USER"), ...newKeyFields }).meta({
  id: "CreateUserApiKeyRequest",
});
export type CreateUserApiKeyRequest = z.input<typeof CreateUserApiKeyRequest>;

const ServiceKeySpace = requestBody({
  space_id: Id,
  role: SpaceRoleAssignmentRequest.default({ type: "PREDEFINED", name: "MEMBER" }),
}).meta({ id: "ServiceKeySpace" });
const ServiceKeyOrganization = requestBody({
  org_id: Id,
  role: OrganizationRoleAssignmentRequest.default({ type: "PREDEFINED", name: "READ_ONLY" }),
  spaces: listOf(ServiceKeySpace, 1, 100, (space) => space.space_id),
}).meta({ id: "ServiceKeyOrganization" });

/** A key that acts as a new bot user with the memberships listed. Roles that parse may still be refused with 422 (CUSTOM, ANNOTATOR, above the caller). */
export const CreateServiceApiKeyRequest = requestBody({
  key_type: z.literal("SERVICE"),
  ...newKeyFields,
  account_role: UserRoleAssignmentRequest.default({ type: "PREDEFINED", name: "MEMBER" }),
  organizations: listOf(ServiceKeyOrganization, 1, 100, (organization) => organization.org_id),
}).meta({ id: "CreateServiceApiKeyRequest" });
export type CreateServiceApiKeyRequest = z.input<typeof CreateServiceApiKeyRequest>;

export const CreateApiKeyRequest = z
  .discriminatedUnion("key_type", [CreateUserApiKeyRequest, CreateServiceApiKeyRequest])
  .meta({ id: "CreateApiKeyRequest" });
export type CreateApiKeyRequest = z.input<typeof CreateApiKeyRequest>;

/** The body may be absent as a whole. The old secret stays valid for `grace_period_seconds` (at most a day). */
export const RefreshApiKeyRequest = requestBody({
  expires_at: RequestTimestamp.optional(),
  grace_period_seconds: z.int().min(0).max(86_400).default(0),
}).meta({ id: "RefreshApiKeyRequest" });
export type RefreshApiKeyRequest = z.input<typeof RefreshApiKeyRequest>;

/** Without `space_id` the caller's own USER keys, with it the SERVICE keys of that space. */
export const ListApiKeysQuery = pageQuery(50, 100).extend({
  key_type: ApiKeyType.optional(),
  status: ApiKeyStatus.default("ACTIVE"),
  space_id: Id.optional(),
  user_id: Id.optional(),
});
export type ListApiKeysQuery = z.input<typeof ListApiKeysQuery>;

export const ApiKeyPath = z.object({ api_key_id: Id });
