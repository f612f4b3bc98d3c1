/** The account and its organizations (`spec/graphql.md §8`). */
export const accountSdl = /* GraphQL */ `
  type Account implements Node {
    id: ID!
    name: String
    organizations(first: Int, after: String, last: Int, before: String, search: String): AccountOrganizationConnection!
    users(first: Int, after: String, last: Int, before: String, search: String, userType: UserType): UserConnection!
    customRoles(first: Int, after: String, last: Int, before: String): CustomRoleConnection!
  }

  type AccountOrganization implements Node {
    id: ID!
    name: String!
    description: String
    createdAt: DateTime
    "null for one that was there before its platform kept it"
    creator: User
    spaces(first: Int, after: String, last: Int, before: String, search: String): SpaceConnection!
    accountOrganizationUsers(
      first: Int
      after: String
      last: Int
      before: String
      search: String
    ): AccountOrganizationUserConnection!
    modelCount: Int
  }

  type AccountOrganizationUser implements Node {
    id: ID!
    role: OrganizationRole
    user: User!
  }

  input CreateOrganizationMutationInput {
    name: String!
    description: String
    clientMutationId: String
  }

  type CreateOrganizationMutationPayload {
    organization: AccountOrganization
    clientMutationId: String
  }

  type Mutation {
    createOrganization(input: CreateOrganizationMutationInput!): CreateOrganizationMutationPayload
  }
`;
