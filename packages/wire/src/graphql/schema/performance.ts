/** Metrics computed from the records of a model (`spec/graphql.md §8`). */
export const performanceSdl = /* GraphQL */ `
  enum PerformanceMetric {
    accuracy
    precision
    recall
    f_1
    sensitivity
    specificity
    falsePositiveRate
    falseNegativeRate
    falseNegativeDensity
    mse
    rmse
    mae
    mape
    predictionAverage
    actualsAverage
    auc
    logLoss
    rSquared
    prAuc
    meanError
    calibration
    ndcg
    recallParity
    falsePositiveRateParity
    disparateImpact
    wape
    smape
    mase
    udf
    groupAuc
    mrr
    rankingMap
    rankingRecall
    rankingPrecision
    microAveragedPrecision
    microAveragedRecall
    multiClassPrecision
    multiClassRecall
    macroAveragedPrecision
    macroAveragedRecall
    count
  }
  enum DriftMetric {
    psi
    js
    kl
    ks
    euclideanDistance
    cosineSimilarity
  }

  enum DataQualityMetric {
    avg
    count
    sum
    percentEmpty
    cardinality
    standardDeviation
    p50
    p95
    p99
    p99_9
    newValues
    missingValues
    averageStringListLength
  }

  type PerformanceMetricOverTime {
    dataWindows: [MetricDataWindow!]!
  }

  type MetricDataWindow {
    metricDisplayDate: DateTime!
    metricValue: Float
  }

  extend type Model {
    performanceMetricOverTime(
      startTime: DateTime!
      endTime: DateTime!
      performanceMetric: PerformanceMetric!
      environmentName: ModelEnvironmentName!
      timeZone: String
      timeSeriesDataGranularity: DataGranularity!
    ): PerformanceMetricOverTime!
  }
`;
