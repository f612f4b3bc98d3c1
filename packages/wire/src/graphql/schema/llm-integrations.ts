/** Integrations of language models (`spec/graphql.md §8`). */
export const llmIntegrationsSdl = /* GraphQL */ `
  type LlmIntegration implements Node {
    id: ID!
    name: String!
    provider: ExternalLLMProvider!
    hasApiKey: Boolean
    baseUrl: String
    modelNames: [String!]
    enableDefaultModels: Boolean
    functionCallingEnabled: Boolean
    createdAt: DateTime
    updatedAt: DateTime
    creator: User
  }

  extend type Space {
    "A plain list, not a connection"
    llmIntegrations: [LlmIntegration!]!
  }
`;
