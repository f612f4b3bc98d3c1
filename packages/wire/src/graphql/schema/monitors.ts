/** Monitors (`spec/graphql.md §8`). */
export const monitorsSdl = /* GraphQL */ `
  type Monitor implements Node {
    id: ID!
    name: String!
    monitorCategory: MonitorCategory!
    createdDate: DateTime
    notes: String
    creator: User
    evaluationIntervalSeconds: Int
    evaluatedAt: DateTime
    contacts: [MonitorContact!]
    dimensionCategory: DimensionCategory
    status: MonitorStatus
    isTriggered: Boolean
    isManaged: Boolean
    threshold: Float
    thresholdMode: ThresholdMode
    threshold2: Float
    dynamicAutoThresholdEnabled: Boolean
    stdDevMultiplier: Float
    stdDevMultiplier2: Float
    notificationsEnabled: Boolean
    updatedAt: DateTime
    downtimeStart: DateTime
    downtimeDurationHrs: Int
    downtimeFrequencyDays: Int
    scheduledRuntimeEnabled: Boolean
    scheduledRuntimeCadenceSeconds: Int
    scheduledRuntimeDaysOfWeek: [Int!]
    latestComputedValue: Float
    performanceMetric: PerformanceMetric
    dataQualityMetric: DataQualityMetric
    driftMetric: DriftMetric
    customMetric: CustomMetric
    operator: ComparisonOperator!
    operator2: ComparisonOperator
    topKPercentileValue: Float
    positiveClassValue: String
    metricAtRankingKValue: Int
    primaryMetricWindow: MetricWindow
    comparisonMetricWindow: MetricWindow
    model: Model
    metricHistory(
      startTime: DateTime!
      endTime: DateTime!
      timeZone: String
      timeSeriesDataGranularity: DataGranularity!
    ): MetricHistory
  }

  union MetricHistory = TimeSeriesWithThresholdDataType

  type TimeSeriesWithThresholdDataType {
    key: String!
    dataPoints: [TimeSeriesDataPoint!]!
    thresholdDataPoints: [TimeSeriesDataPoint!]
  }

  type TimeSeriesDataPoint {
    x: DateTime!
    y: Float
  }

  type MetricWindow {
    id: ID
    type: MetricWindowType
    windowLengthMs: Float
    dimensionCategory: DimensionCategory
    dimension: Dimension
    filters: [MetricFilterItem!]
  }

  type MonitorContact {
    id: ID
    notificationChannelType: NotificationChannelType!
    emailAddress: String
    integration: IntegrationKey
  }

  enum MonitorCategory {
    performance
    drift
    dataQuality
  }

  enum MonitorStatus {
    triggered
    cleared
    noData
  }

  enum ThresholdMode {
    single
    range
  }

  enum MetricWindowType {
    moving
    fixed
  }

  enum NotificationChannelType {
    email
    integration
  }

  extend type Space {
    monitors(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      modelName: String
      monitorCategory: MonitorCategory
      currentStatus: MonitorStatus
    ): MonitorConnection!
  }
  extend type Model {
    monitors(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      monitorCategory: MonitorCategory
      currentStatus: MonitorStatus
    ): MonitorConnection!
  }
`;
