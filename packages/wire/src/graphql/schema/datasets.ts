/** Datasets and experiments (`spec/graphql.md §8`). */
export const datasetsSdl = /* GraphQL */ `
  type Dataset implements Node {
    id: ID!
    name: String!
    createdAt: DateTime
    updatedAt: DateTime
    datasetType: DatasetType
    status: DatasetStatus
    columns: [String!]
    experimentCount: Int
    latestDatasetVersion: DatasetVersion
    experiments(first: Int, after: String, last: Int, before: String, search: String): ExperimentConnection!
  }

  type DatasetVersion implements Node {
    id: ID!
    examples(first: Int, after: String, last: Int, before: String): DatasetExampleConnection!
  }

  type DatasetExample implements Node {
    id: ID!
    createdAt: DateTime
    updatedAt: DateTime
    columns: [DatasetExampleColumn!]!
  }

  type DatasetExampleColumn {
    dimension: Dimension!
    dimensionValue: DimensionValueUnion
  }

  enum DatasetType {
    generative
  }

  enum DatasetStatus {
    active
    deleted
    importing
    failed
  }

  type Experiment implements Node {
    id: ID!
    name: String!
    createdAt: DateTime
    updatedAt: DateTime
    dataset: Dataset
  }

  extend type Space {
    "With one of tagsAny, and all of tagsAll"
    datasets(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      tagsAny: [ID!]
      tagsAll: [ID!]
    ): DatasetConnection!
    "As datasets"
    experiments(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      tagsAny: [ID!]
      tagsAll: [ID!]
    ): ExperimentConnection!
  }
`;
