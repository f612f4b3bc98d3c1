/** Relay core, and what every subject uses (`spec/graphql.md §8`). */
export const coreSdl = /* GraphQL */ `
  "As the specification of 2021 has it: clients of that time refuse a schema with places that came later"
  directive @deprecated(
    reason: String = "No longer supported"
  ) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

  "RFC 3339; clients send microseconds and Z"
  scalar DateTime
  scalar JSON

  interface Node {
    id: ID!
  }

  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type RateLimit {
    limit: Int!
    cost: Int!
  }

  type SuccessPayload {
    success: Boolean!
    clientMutationId: String
  }

  type Query {
    node(id: ID!): Node
    account: Account
    viewer: Viewer
    "The most that one operation may cost here, and what this one costs"
    rateLimit: RateLimit
  }
  type Viewer {
    user: User
    account: Account
    "The key this request came with; null for a console session (axlab's own)"
    apiKey: ApiKey
    "What this key acts with, as given: what is inherited from above is not repeated (axlab's own)"
    roles: [ViewerRole!]!
    spaces(first: Int, after: String, last: Int, before: String, search: String): SpaceConnection!
  }
  type ViewerRole {
    level: ViewerRoleLevel!
    resourceId: ID!
    "a managed role such as MEMBER, or the name of a custom role"
    role: String!
  }
  enum ViewerRoleLevel {
    account
    organization
    space
    project
  }
`;
