export { ArizeError } from "./base.js";
export {
  AbortError,
  AmbiguousNameError,
  ConfigurationError,
  ConnectionError,
  ExperimentStoppedError,
  PartialWriteError,
  ResolutionError,
  TaskTimeoutError,
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
export { GraphQLRequestError, type GraphQLErrorEntry } from "./graphql.js";
export type { ProblemDocument } from "./problem.js";
