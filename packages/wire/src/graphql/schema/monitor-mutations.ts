/** What changes monitors (`spec/graphql.md §8`). */
export const monitorMutationsSdl = /* GraphQL */ `
  input MonitorContactInput {
    notificationChannelType: NotificationChannelType!
    emailAddress: String
    integrationKeyId: ID
  }

  input DimensionFilterInput {
    dimensionType: FilterRowType!
    operator: ComparisonOperator!
    name: String
    values: [String!]!
  }

  input DynamicAutoThresholdInput {
    stdDevMultiplier: Float
  }

  input CreatePerformanceMonitorMutationInput {
    spaceId: ID!
    modelName: String!
    name: String!
    notes: String
    contacts: [MonitorContactInput!]
    downtimeStart: DateTime
    downtimeDurationHrs: Int
    downtimeFrequencyDays: Int
    scheduledRuntimeEnabled: Boolean
    scheduledRuntimeCadenceSeconds: Int
    scheduledRuntimeDaysOfWeek: [Int!]
    evaluationWindowLengthSeconds: Float
    delaySeconds: Float
    threshold: Float
    threshold2: Float
    thresholdMode: ThresholdMode
    operator: ComparisonOperator!
    operator2: ComparisonOperator
    dynamicAutoThreshold: DynamicAutoThresholdInput
    stdDevMultiplier2: Float
    filters: [DimensionFilterInput!]
    clientMutationId: String
    performanceMetric: PerformanceMetric
    customMetricId: ID
    positiveClassValue: String
    predictionClassValue: String
    metricAtRankingKValue: Int
    topKPercentileValue: Float
    modelEnvironmentName: ModelEnvironmentName
  }

  input CreateDriftMonitorMutationInput {
    spaceId: ID!
    modelName: String!
    name: String!
    notes: String
    contacts: [MonitorContactInput!]
    downtimeStart: DateTime
    downtimeDurationHrs: Int
    downtimeFrequencyDays: Int
    scheduledRuntimeEnabled: Boolean
    scheduledRuntimeCadenceSeconds: Int
    scheduledRuntimeDaysOfWeek: [Int!]
    evaluationWindowLengthSeconds: Float
    delaySeconds: Float
    threshold: Float
    threshold2: Float
    thresholdMode: ThresholdMode
    operator: ComparisonOperator!
    operator2: ComparisonOperator
    dynamicAutoThreshold: DynamicAutoThresholdInput
    stdDevMultiplier2: Float
    filters: [DimensionFilterInput!]
    clientMutationId: String
    driftMetric: DriftMetric
    dimensionCategory: DimensionCategory
    dimensionName: String
  }

  input CreateDataQualityMonitorMutationInput {
    spaceId: ID!
    modelName: String!
    name: String!
    notes: String
    contacts: [MonitorContactInput!]
    downtimeStart: DateTime
    downtimeDurationHrs: Int
    downtimeFrequencyDays: Int
    scheduledRuntimeEnabled: Boolean
    scheduledRuntimeCadenceSeconds: Int
    scheduledRuntimeDaysOfWeek: [Int!]
    evaluationWindowLengthSeconds: Float
    delaySeconds: Float
    threshold: Float
    threshold2: Float
    thresholdMode: ThresholdMode
    operator: ComparisonOperator!
    operator2: ComparisonOperator
    dynamicAutoThreshold: DynamicAutoThresholdInput
    stdDevMultiplier2: Float
    filters: [DimensionFilterInput!]
    clientMutationId: String
    dataQualityMetric: DataQualityMetric
    dimensionCategory: DimensionCategory
    dimensionName: String
    modelEnvironmentName: ModelEnvironmentName
  }

  input PatchMonitorInput {
    monitorId: ID!
    set: PatchMonitorSetInput!
    clientMutationId: String
  }

  input PatchMonitorSetInput {
    name: String
    notes: String
    threshold: Float
    autoThresholdEnabled: Boolean
    operator: ComparisonOperator
    contacts: [MonitorContactInput!]
    downtimeStart: DateTime
    downtimeDurationHrs: Int
    downtimeFrequencyDays: Int
  }

  input DeleteMonitorMutationInput {
    monitorId: ID!
    clientMutationId: String
  }

  type MonitorPayload {
    monitor: Monitor
    clientMutationId: String
  }

  extend type Mutation {
    createPerformanceMonitor(input: CreatePerformanceMonitorMutationInput!): MonitorPayload
    createDriftMonitor(input: CreateDriftMonitorMutationInput!): MonitorPayload
    createDataQualityMonitor(input: CreateDataQualityMonitorMutationInput!): MonitorPayload
    patchPerformanceMonitor(input: PatchMonitorInput!): MonitorPayload
    patchDriftMonitor(input: PatchMonitorInput!): MonitorPayload
    patchDataQualityMonitor(input: PatchMonitorInput!): MonitorPayload
    deleteMonitor(input: DeleteMonitorMutationInput!): MonitorPayload
  }
`;
