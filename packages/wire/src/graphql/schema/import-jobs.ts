/** Import jobs (`spec/graphql.md §8`). */
export const importJobsSdl = /* GraphQL */ `
  type FileImportJob implements Node {
    id: ID!
    "The short id, which people type"
    jobId: String!
    jobStatus: JobStatus
    totalFilesPendingCount: Int!
    totalFilesSuccessCount: Int!
    totalFilesFailedCount: Int!
    createdAt: DateTime!
    modelName: String!
    modelId: ID!
    modelVersion: String
    modelType: ModelType!
    modelEnvironmentName: ModelEnvironmentName!
    schema: ImportSchema!
    batchId: String
    blobStore: BlobStore!
    bucketName: String!
    prefix: String!
  }

  type TableImportJob implements Node {
    id: ID!
    jobId: String!
    jobStatus: JobStatus
    createdAt: DateTime!
    modelName: String!
    modelId: ID!
    modelVersion: String
    modelType: ModelType!
    modelEnvironmentName: ModelEnvironmentName!
    schema: ImportSchema!
    batchId: String
    table: String!
    tableStore: TableStore!
    projectId: String!
    dataset: String!
    totalQueriesSuccessCount: Int!
    totalQueriesFailedCount: Int!
    totalQueriesPendingCount: Int!
    tableIngestionParameters: TableIngestionParameters
  }

  type TableIngestionParameters {
    refreshIntervalSeconds: Int!
    queryWindowSizeSeconds: Int!
  }

  type ImportSchema {
    predictionId: String
    timestamp: String
    tags: String
    tagsList: [String!]
    features: String
    featuresList: [String!]
    embeddingFeatures: [EmbeddingFeature!]
    version: String
    exclude: [String!]
    batchId: String
    shapValues: String
    changeTimestamp: String
    predictionObjectDetection: ObjectDetectionColumns
    actualObjectDetection: ObjectDetectionColumns
    predictionScores: String
    actualScores: String
    thresholdScores: String
    predictionGroupId: String
    rank: String
    relevanceScore: String
    relevanceLabel: String
    predictionScore: String
    actualScore: String
    predictionLabel: String
    actualLabel: String
  }

  type EmbeddingFeature {
    featureName: String!
    vectorCol: String!
    rawDataCol: String!
    linkToDataCol: String!
  }

  type ObjectDetectionColumns {
    boundingBoxesCoordinatesColumnName: String!
    boundingBoxesCategoriesColumnName: String!
    boundingBoxesScoresColumnName: String
  }

  enum JobStatus {
    active
    inactive
    deleted
  }

  enum BlobStore {
    S3
    GCS
    Azure
  }

  enum TableStore {
    BigQuery
    Snowflake
    Databricks
  }

  extend type Space {
    importJobs(first: Int, after: String, last: Int, before: String, search: String): FileImportJobConnection!
    tableJobs(first: Int, after: String, last: Int, before: String, search: String): TableImportJobConnection!
  }
`;
