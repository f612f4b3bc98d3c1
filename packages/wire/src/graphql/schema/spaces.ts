/** Spaces (`spec/graphql.md §8`). */
export const spacesSdl = /* GraphQL */ `
  type Space implements Node {
    id: ID!
    name: String!
    createdAt: DateTime
    description: String
    private: Boolean
    gradientStartColor: String
    gradientEndColor: String
    mlModelsEnabled: Boolean
    accountOrganization: AccountOrganization
    spaceUsers(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      userType: UserType
    ): SpaceUserConnection!
  }

  input CreateSpaceMutationInput {
    accountOrganizationId: ID!
    name: String!
    private: Boolean!
    description: String
    clientMutationId: String
  }

  input UpdateSpaceMutationInput {
    spaceId: ID!
    name: String
    private: Boolean
    description: String
    gradientStartColor: String
    gradientEndColor: String
    mlModelsEnabled: Boolean
    clientMutationId: String
  }

  input DeleteSpaceMutationInput {
    spaceId: ID!
    clientMutationId: String
  }

  type CreateSpaceMutationPayload {
    space: Space
    clientMutationId: String
  }

  type UpdateSpaceMutationPayload {
    space: Space
    clientMutationId: String
  }

  type DeleteSpaceMutationPayload {
    success: Boolean
    clientMutationId: String
  }

  extend type Mutation {
    createSpace(input: CreateSpaceMutationInput!): CreateSpaceMutationPayload
    updateSpace(input: UpdateSpaceMutationInput!): UpdateSpaceMutationPayload
    deleteSpace(input: DeleteSpaceMutationInput!): DeleteSpaceMutationPayload
  }
`;
