/** Model types of `spec/ingest.md §7.1`. NUMERIC ≡ REGRESSION and SCORE_CATEGORICAL ≡ BINARY_CLASSIFICATION in every rule. */
export const ModelType = {
  NUMERIC: "NUMERIC",
  REGRESSION: "REGRESSION",
  SCORE_CATEGORICAL: "SCORE_CATEGORICAL",
  BINARY_CLASSIFICATION: "BINARY_CLASSIFICATION",
  RANKING: "RANKING",
  OBJECT_DETECTION: "OBJECT_DETECTION",
  GENERATIVE_LLM: "GENERATIVE_LLM",
  MULTI_CLASS: "MULTI_CLASS",
} as const;
export type ModelType = (typeof ModelType)[keyof typeof ModelType];

/** Environments that the logger accepts. Spans travel as TRACING through `logSpans`, never through `log`. */
export const Environment = {
  PRODUCTION: "PRODUCTION",
  TRAINING: "TRAINING",
  VALIDATION: "VALIDATION",
  CORPUS: "CORPUS",
} as const;
export type Environment = (typeof Environment)[keyof typeof Environment];

/** Metric families that `metricsValidation` can ask for. */
export const Metric = {
  /** MAPE, MAE, RMSE, MSE, R², mean error. */
  REGRESSION: "REGRESSION",
  /** Accuracy, recall, precision, FPR, FNR, F1, sensitivity, specificity. */
  CLASSIFICATION: "CLASSIFICATION",
  /** NDCG. */
  RANKING: "RANKING",
  /** AUC, PR-AUC, log loss. */
  AUC_LOG_LOSS: "AUC_LOG_LOSS",
  /** Group AUC, MAP, MRR. */
  RANKING_LABEL: "RANKING_LABEL",
} as const;
export type Metric = (typeof Metric)[keyof typeof Metric];

export const isNumericModel = (modelType: ModelType): boolean => modelType === "NUMERIC" || modelType === "REGRESSION";
export const isCategoricalModel = (modelType: ModelType): boolean =>
  modelType === "SCORE_CATEGORICAL" || modelType === "BINARY_CLASSIFICATION";
