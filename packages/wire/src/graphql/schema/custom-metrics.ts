/** Custom metrics (`spec/graphql.md §8`). */
export const customMetricsSdl = /* GraphQL */ `
  type CustomMetric implements Node {
    id: ID!
    name: String!
    createdAt: DateTime
    description: String
    metric: String!
    requiresPositiveClass: Boolean!
  }

  input CreateCustomMetricMutationInput {
    modelId: ID!
    name: String!
    description: String
    metric: String!
    modelEnvironmentName: ModelEnvironmentName
    clientMutationId: String
  }

  input UpdateCustomMetricMutationInput {
    customMetricId: ID!
    modelId: ID!
    name: String!
    description: String
    metric: String!
    modelEnvironmentName: ModelEnvironmentName
    clientMutationId: String
  }

  input DeleteCustomMetricMutationInput {
    customMetricId: ID!
    modelId: ID!
    clientMutationId: String
  }

  type CustomMetricPayload {
    customMetric: CustomMetric
    clientMutationId: String
  }

  type DeleteCustomMetricPayload {
    model: Model
    clientMutationId: String
  }

  extend type Model {
    "The filter is searchTerm here, not search"
    customMetrics(first: Int, after: String, last: Int, before: String, searchTerm: String): CustomMetricConnection!
  }
  extend type Mutation {
    createCustomMetric(input: CreateCustomMetricMutationInput!): CustomMetricPayload
    updateCustomMetric(input: UpdateCustomMetricMutationInput!): CustomMetricPayload
    deleteCustomMetric(input: DeleteCustomMetricMutationInput!): DeleteCustomMetricPayload
  }
`;
