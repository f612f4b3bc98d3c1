export { ArizeError } from "./base.js";
export {
  AbortError,
  AmbiguousNameError,
  ConfigurationError,
  ConnectionError,
  PartialWriteError,
  ResolutionError,
  TimeoutError,
  ValidationError,
  type RequestFacts,
  type ValidationIssue,
} from "./client.js";
export {
  ApiError,
  apiErrorFor,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  type FailedResponse,
} from "./api.js";
export {
  BelowThresholdError,
  ExperimentAbortedError,
  ExperimentNotStoredError,
  ExperimentStoppedError,
  JudgeError,
  RateLimitedError,
  TaskTimeoutError,
  type Shortfall,
} from "./experiments.js";
export { GraphQLRequestError, GraphQLSchemaError, type GraphQLErrorEntry } from "./graphql.js";
export type { ProblemDocument } from "./problem.js";
