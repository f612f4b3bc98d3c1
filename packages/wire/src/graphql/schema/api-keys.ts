/** API keys (`spec/graphql.md §8`). */
export const apiKeysSdl = /* GraphQL */ `
  type ApiKey implements Node {
    id: ID!
    expiresAt: DateTime
    name: String
    keyType: ApiKeyType
    status: ApiKeyStatus
    redactedKey: String
    createdAt: DateTime
    creator: User
  }

  enum ApiKeyType {
    user
    service
  }

  enum ApiKeyStatus {
    active
    revoked
  }

  input CreateServiceApiKeyInput {
    name: String!
    spaceId: ID!
    spaceRole: SpaceMemberRole
    accountOrganizationRole: OrganizationRole
    accountRole: AccountRole
    expiresAt: DateTime
    description: String
    clientMutationId: String
  }

  input CreateUserApiKeyInput {
    name: String!
    description: String
    expiresAt: DateTime
    clientMutationId: String
  }

  input RevokeApiKeyInput {
    id: ID!
    clientMutationId: String
  }

  type CreateServiceApiKeyPayload {
    apiKey: String!
    keyInfo: ApiKey!
    clientMutationId: String
  }

  type CreateUserApiKeyPayload {
    apiKey: String!
    keyInfo: ApiKey!
    clientMutationId: String
  }

  type RevokeApiKeyPayload {
    keyInfo: ApiKey
    clientMutationId: String
  }

  extend type Account {
    "The caller's own user keys, oldest first"
    apiKeys(first: Int, after: String, last: Int, before: String, search: String): ApiKeyConnection!
  }
  extend type Space {
    "The service keys that cover this space (axlab's own)"
    apiKeys(first: Int, after: String, last: Int, before: String, search: String): ApiKeyConnection!
  }
  extend type Mutation {
    createUserApiKey(input: CreateUserApiKeyInput!): CreateUserApiKeyPayload
    createServiceApiKey(input: CreateServiceApiKeyInput!): CreateServiceApiKeyPayload
    revokeApiKey(input: RevokeApiKeyInput!): RevokeApiKeyPayload
  }
`;
