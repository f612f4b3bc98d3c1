/** What makes widgets (`spec/graphql.md §8`); of the kinds other than lines, the names follow the first. */
export const widgetMutationsSdl = /* GraphQL */ `
  input CreateLineChartWidgetMutationInput {
    title: String!
    dashboardId: ID!
    timeSeriesMetricType: TimeSeriesMetricCategory!
    plots: [LineChartPlotInput!]!
    yMin: Float
    yMax: Float
    yAxisLabel: String
    config: LineChartConfigInput
    clientMutationId: String
  }

  input LineChartPlotInput {
    modelId: ID!
    modelVersionIds: [String]!
    modelEnvironmentName: ModelEnvironmentName!
    title: String!
    position: Int!
    metric: String!
    filters: [FilterItemInputType!]!
    dimensionCategory: DimensionCategory
    dimension: DimensionInput
    splitByEnabled: Boolean
    splitByDimension: String
    splitByDimensionCategory: DimensionCategory
    splitByOverallMetricEnabled: Boolean
    cohorts: [String!]
    colors: [String!]
    predictionValueClass: PredictionValueClassInput
    rankingAtK: Int
  }

  input PredictionValueClassInput {
    id: ID
    name: String
  }

  input LineChartConfigInput {
    axisBottom: WidgetAxisInput
    axisLeft: WidgetAxisInput
    curve: String
    xScale: LineChartXScaleInput
    yScale: LineChartYScaleInput
  }

  input WidgetAxisInput {
    legend: String
  }

  input LineChartXScaleInput {
    max: String
    min: String
    scaleType: String
    format: String
    precision: String
  }

  input LineChartYScaleInput {
    max: String
    min: String
    scaleType: String
    stacked: Boolean
  }

  type LineChartWidgetPayload {
    lineChartWidget: LineChartWidget
    clientMutationId: String
  }

  input CreateStatisticWidgetInput {
    dashboardId: ID!
    title: String
    modelId: ID!
    modelVersionIds: [String!]
    modelEnvironmentName: ModelEnvironmentName
    dimensionCategory: DimensionCategory
    dimension: DimensionInput
    performanceMetric: PerformanceMetric
    aggregation: DataQualityMetric
    customMetricId: ID
    predictionValueClass: PredictionValueClassInput
    rankingAtK: Int
    timeSeriesMetricType: TimeSeriesMetricCategory
    filters: [FilterItemInputType!]
    clientMutationId: String
  }

  type StatisticWidgetPayload {
    statisticWidget: StatisticWidget
    clientMutationId: String
  }

  input CreateBarChartWidgetInput {
    dashboardId: ID!
    title: String
    sortOrder: String
    yMin: Float
    yMax: Float
    yAxisLabel: String
    topN: Float
    isNormalized: Boolean
    binOption: String
    numBins: Int
    customBins: [Float!]
    quantiles: [Float!]
    performanceMetric: PerformanceMetric
    plots: [BarChartPlotInput!]!
    config: BarChartConfigInput
    clientMutationId: String
  }

  input BarChartPlotInput {
    title: String
    position: Int
    modelId: ID!
    modelVersionIds: [String!]
    modelEnvironmentName: ModelEnvironmentName
    dimensionCategory: DimensionCategory
    aggregation: DataQualityMetric
    dimension: DimensionInput
    predictionValueClass: PredictionValueClassInput
    rankingAtK: Int
    colors: [String!]
  }

  input BarChartConfigInput {
    keys: [String!]
    indexBy: String
    axisBottom: WidgetAxisInput
    axisLeft: WidgetAxisInput
  }

  type BarChartWidgetPayload {
    barChartWidget: BarChartWidget
    clientMutationId: String
  }

  input CreateTextWidgetInput {
    dashboardId: ID!
    title: String
    content: String
    clientMutationId: String
  }

  type TextWidgetPayload {
    textWidget: TextWidget
    clientMutationId: String
  }

  input CreateExperimentChartWidgetInput {
    dashboardId: ID!
    title: String
    plots: [ExperimentChartPlotInput!]!
    clientMutationId: String
  }

  input ExperimentChartPlotInput {
    title: String
    position: Int
    datasetId: ID!
    evaluationMetric: String
  }

  type ExperimentChartWidgetPayload {
    experimentChartWidget: ExperimentChartWidget
    clientMutationId: String
  }

  extend type Mutation {
    createLineChartWidget(input: CreateLineChartWidgetMutationInput!): LineChartWidgetPayload
    createDriftLineChartWidget(input: CreateLineChartWidgetMutationInput!): LineChartWidgetPayload
    createMonitorLineChartWidget(input: CreateLineChartWidgetMutationInput!): LineChartWidgetPayload
    createStatisticWidget(input: CreateStatisticWidgetInput!): StatisticWidgetPayload
    createBarChartWidget(input: CreateBarChartWidgetInput!): BarChartWidgetPayload
    createTextWidget(input: CreateTextWidgetInput!): TextWidgetPayload
    createExperimentChartWidget(input: CreateExperimentChartWidgetInput!): ExperimentChartWidgetPayload
  }
`;
