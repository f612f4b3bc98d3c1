export { systemClock, type Clock } from "./clock.js";
export { sdkHeaders } from "./headers.js";
export { path } from "./path.js";
export type { Query, QueryValue } from "./query.js";
export { Transport, type TransportDependencies } from "./transport.js";
export { isUnsettled } from "./unsettled.js";
export type {
  AttemptReport,
  AuthScheme,
  CallOptions,
  Method,
  TransportRequest,
  TransportResponse,
  UploadBody,
  UploadRequest,
} from "./types.js";
