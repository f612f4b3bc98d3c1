/** Widgets of dashboards (`spec/graphql.md §8`). */
export const widgetsSdl = /* GraphQL */ `
  type WidgetModel {
    id: ID
    createdAt: DateTime
    modelType: ModelType
  }

  type PredictionValueClass {
    id: ID
    name: String
  }

  type StatisticWidget implements Node & DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
    modelId: ID
    modelVersionIds: [String!]
    dimensionCategory: DimensionCategory
    performanceMetric: PerformanceMetric
    aggregation: DataQualityMetric
    predictionValueClass: PredictionValueClass
    rankingAtK: Int
    modelEnvironmentName: ModelEnvironmentName
    timeSeriesMetricType: TimeSeriesMetricCategory
    filters: [MetricFilterItem!]
    dimension: Dimension
    model: WidgetModel
    customMetric: CustomMetric
  }

  type LineChartWidget implements Node & DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
    yMin: Float
    yMax: Float
    yAxisLabel: String
    timeSeriesMetricType: TimeSeriesMetricCategory
    config: LineChartWidgetConfig
    plots: [LineChartPlot!]
  }

  type LineChartWidgetConfig {
    axisBottom: WidgetAxisConfig
    axisLeft: WidgetAxisConfig
    curve: String
    xScale: LineChartXScale
    yScale: LineChartYScale
  }

  type WidgetAxisConfig {
    legend: String
  }

  type LineChartXScale {
    max: String
    min: String
    scaleType: String
    format: String
    precision: String
  }

  type LineChartYScale {
    max: String
    min: String
    scaleType: String
    stacked: Boolean
  }

  type LineChartPlot {
    id: ID
    title: String
    position: Int
    modelId: ID
    modelVersionIds: [String!]
    modelEnvironmentName: ModelEnvironmentName
    dimensionCategory: DimensionCategory
    splitByEnabled: Boolean
    splitByDimension: String
    splitByDimensionCategory: DimensionCategory
    splitByOverallMetricEnabled: Boolean
    cohorts: [String!]
    colors: [String!]
    dimension: Dimension
    predictionValueClass: PredictionValueClass
    rankingAtK: Int
    model: WidgetModel
  }

  type BarChartWidget implements Node & DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
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
    plots: [BarChartPlot!]
    config: BarChartWidgetConfig
  }

  type BarChartWidgetConfig {
    keys: [String!]
    indexBy: String
    axisBottom: WidgetAxisConfig
    axisLeft: WidgetAxisConfig
  }

  type BarChartPlot {
    id: ID
    title: String
    position: Int
    modelId: ID
    modelVersionIds: [String!]
    model: WidgetModel
    modelEnvironmentName: ModelEnvironmentName
    dimensionCategory: DimensionCategory
    aggregation: DataQualityMetric
    dimension: Dimension
    predictionValueClass: PredictionValueClass
    rankingAtK: Int
    colors: [String!]
  }

  type TextWidget implements Node & DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
    content: String
  }

  type ExperimentChartWidget implements Node & DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
    plots: [ExperimentChartPlot!]
  }

  type ExperimentChartPlot {
    id: ID
    title: String
    position: Int
    datasetId: ID
    evaluationMetric: String
  }

  enum TimeSeriesMetricCategory {
    modelDataMetric
    evaluationMetric
  }
`;
