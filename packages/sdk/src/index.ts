export type {
  Annotation,
  ApiKey,
  AuditLog,
  Dataset,
  DatasetExample,
  DatasetVersion,
  Experiment,
  ExperimentRun,
  Organization,
  Permission,
  Project,
  ResourceRestriction,
  Role,
  RoleBinding,
  Space,
  User,
} from "@axlab/wire/rest";
export { ArizeClient, type ArizeClientOptions } from "./client.js";
export { createContext, type ClientContext, type ContextOptions } from "./context.js";
export type { ArizeConfig, ConfigOptions } from "./config/index.js";
export * from "./errors/index.js";
export {
  contains,
  exactMatch,
  ExperimentResult,
  jsonValid,
  levenshtein,
  llmJudge,
  regex,
} from "./experiments/index.js";
export type * from "./experiments/index.js";
export type * from "./datasets/index.js";
export * from "./exports/index.js";
export type * from "./graphql/index.js";
export * from "./logger/index.js";
export type * from "./resources/index.js";
export type { Page, Paged } from "./pagination/index.js";
export type { RestClient } from "./rest/index.js";
export { Secret } from "./secret.js";
export type { AttemptReport, CallOptions, TransportRequest, TransportResponse } from "./transport/index.js";
export { SDK_VERSION } from "./version.js";
export type { WhoAmI } from "./whoami.js";
