/** What changes import jobs (`spec/graphql.md §8`). */
export const importJobMutationsSdl = /* GraphQL */ `
  input EmbeddingFeatureInput {
    featureName: String!
    vectorCol: String!
    rawDataCol: String!
    linkToDataCol: String!
  }

  input ObjectDetectionInput {
    boundingBoxesCoordinatesColumnName: String!
    boundingBoxesCategoriesColumnName: String!
    boundingBoxesScoresColumnName: String
  }

  input AzureStorageIdentifierInput {
    tenantId: String!
    storageAccountName: String!
  }

  input FileImportSchemaInputType {
    predictionId: String
    timestamp: String
    tags: String
    tagsList: [String!]
    features: String
    featuresList: [String!]
    embeddingFeatures: [EmbeddingFeatureInput!]
    version: String
    exclude: [String!]
    batchId: String
    shapValues: String
    changeTimestamp: String
    predictionObjectDetection: ObjectDetectionInput
    actualObjectDetection: ObjectDetectionInput
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

  input TableImportSchemaInputType {
    predictionId: String
    timestamp: String
    tags: String
    tagsList: [String!]
    features: String
    featuresList: [String!]
    embeddingFeatures: [EmbeddingFeatureInput!]
    version: String
    exclude: [String!]
    batchId: String
    shapValues: String
    changeTimestamp: String
    predictionObjectDetection: ObjectDetectionInput
    actualObjectDetection: ObjectDetectionInput
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

  input CreateFileImportJobInput {
    blobStore: BlobStore!
    prefix: String!
    azureStorageIdentifier: AzureStorageIdentifierInput
    bucketName: String!
    spaceId: ID!
    modelName: String!
    modelVersion: String
    batchId: String
    modelType: ModelType!
    modelEnvironmentName: ModelEnvironmentName!
    schema: FileImportSchemaInputType!
    "Checks everything and makes nothing"
    dryRun: Boolean
    fileName: String
    clientMutationId: String
  }

  input UpdateFileImportJobInput {
    jobId: ID!
    jobStatus: JobStatus
    schema: FileImportSchemaInputType!
    clientMutationId: String
  }

  input ImportJobIdInput {
    jobId: ID!
    clientMutationId: String
  }

  type FileImportJobPayload {
    fileImportJob: FileImportJob
    clientMutationId: String
  }

  input BigQueryTableConfigInput {
    projectId: String!
    dataset: String!
    tableName: String!
  }

  input SnowflakeTableConfigInput {
    accountID: String!
    schema: String!
    database: String!
    tableName: String!
  }

  input DatabricksTableConfigInput {
    hostName: String!
    endpoint: String!
    port: String!
    token: String
    azureResourceId: String
    azureTenantId: String
    catalog: String!
    databricksSchema: String!
    tableName: String!
  }

  input CreateTableImportJobInput {
    tableStore: TableStore!
    bigQueryTableConfig: BigQueryTableConfigInput
    snowflakeTableConfig: SnowflakeTableConfigInput
    databricksTableConfig: DatabricksTableConfigInput
    batchId: String
    spaceId: ID!
    modelName: String!
    modelVersion: String
    modelType: ModelType!
    modelEnvironmentName: ModelEnvironmentName!
    schema: TableImportSchemaInputType!
    "Checks everything and makes nothing"
    dryRun: Boolean
    clientMutationId: String
  }

  input TableIngestionParametersInput {
    refreshIntervalMinutes: Int
    queryWindowSizeHours: Int
  }

  input UpdateTableImportJobInput {
    jobId: ID!
    jobStatus: JobStatus
    modelVersion: String
    schema: TableImportSchemaInputType!
    tableIngestionParameters: TableIngestionParametersInput
    clientMutationId: String
  }

  type TableImportJobPayload {
    tableImportJob: TableImportJob
    clientMutationId: String
  }

  extend type Mutation {
    createFileImportJob(input: CreateFileImportJobInput!): FileImportJobPayload
    updateFileImportJob(input: UpdateFileImportJobInput!): FileImportJobPayload
    startFileImportJob(input: ImportJobIdInput!): FileImportJobPayload
    pauseFileImportJob(input: ImportJobIdInput!): FileImportJobPayload
    deleteFileImportJob(input: ImportJobIdInput!): FileImportJobPayload
    createTableImportJob(input: CreateTableImportJobInput!): TableImportJobPayload
    updateTableImportJob(input: UpdateTableImportJobInput!): TableImportJobPayload
    startTableImportJob(input: ImportJobIdInput!): TableImportJobPayload
    pauseTableImportJob(input: ImportJobIdInput!): TableImportJobPayload
    deleteTableImportJob(input: ImportJobIdInput!): TableImportJobPayload
  }
`;
