/** Users, members and roles (`spec/graphql.md §8`). */
export const peopleSdl = /* GraphQL */ `
  type User implements Node {
    id: ID!
    name: String
    email: String!
    status: UserStatus
    accountRole: AccountRole
    userType: UserType
    createdAt: DateTime
  }

  type SpaceUser {
    role: SpaceMemberRole
    membership: SpaceMembershipType!
    customRole: CustomRole
    user: User!
  }

  type SpaceMember implements Node {
    id: ID!
    role: SpaceMemberRole
    user: User
  }

  type CustomRole implements Node {
    id: ID!
    name: String!
  }

  enum SpaceMemberRole {
    admin
    member
    readOnly
    annotator
  }

  enum SpaceMembershipType {
    ACCOUNT_ADMIN
    ORGANIZATION_ADMIN
    EXPLICIT_MEMBERSHIP
    PUBLIC_MEMBERSHIP
  }

  enum OrganizationRole {
    admin
    member
    readOnly
    annotator
  }
  enum AccountRole {
    admin
    member
    annotator
  }

  enum UserStatus {
    active
    inactive
  }

  enum UserType {
    human
    bot
  }

  input AssignSpaceMembershipMutationInput {
    spaceMemberships: [SpaceMembershipInput!]!
    clientMutationId: String
  }

  input SpaceMembershipInput {
    userId: ID!
    spaceId: ID!
    role: SpaceMemberRole
    customRoleId: ID
  }

  input RemoveSpaceMemberMutationInput {
    spaceId: ID!
    userId: ID!
    clientMutationId: String
  }

  type AssignSpaceMembershipMutationPayload {
    spaceMemberships: [SpaceMember!]!
    clientMutationId: String
  }

  type RemoveSpaceMemberMutationPayload {
    space: Space
    clientMutationId: String
  }

  extend type Mutation {
    assignSpaceMembership(input: AssignSpaceMembershipMutationInput!): AssignSpaceMembershipMutationPayload
    removeSpaceMember(input: RemoveSpaceMemberMutationInput!): RemoveSpaceMemberMutationPayload
  }
`;
