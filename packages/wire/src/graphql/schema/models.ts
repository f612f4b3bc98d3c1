/** Models, which are the same objects as projects (`spec/graphql.md §8`). */
export const modelsSdl = /* GraphQL */ `
  type Model implements Node {
    id: ID!
    name: String!
    modelType: ModelType!
    createdAt: DateTime!
    isDemoModel: Boolean!
    space: Space
    modelPredictionVolume(startTime: DateTime, endTime: DateTime): ModelPredictionVolume!
  }

  enum ModelType {
    score_categorical
    numeric
    ranking
    multi_class
    object_detection
    generative_llm
  }

  enum ModelEnvironmentName {
    production
    validation
    training
    tracing
  }

  enum DataGranularity {
    hour
    day
    week
    month
  }

  type ModelPredictionVolume {
    totalVolume: Int!
  }

  input DeleteDataMutationInput {
    modelId: ID!
    startDate: DateTime!
    "Not included itself; without it, now"
    endDate: DateTime
    environment: DeleteDataEnvironment!
    clientMutationId: String
  }

  "PRODUCTION is the environment production, and the spans of a tracing project; PREPRODUCTION is training and validation"
  enum DeleteDataEnvironment {
    PRODUCTION
    PREPRODUCTION
  }

  type DeleteDataMutationPayload {
    clientMutationId: String
  }

  extend type Mutation {
    deleteData(input: DeleteDataMutationInput!): DeleteDataMutationPayload
  }
  extend type Space {
    "With useExactSearchMatch, the model of exactly the name in search"
    models(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      useExactSearchMatch: Boolean
    ): ModelConnection!
  }
`;
