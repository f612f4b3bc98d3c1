export {
  CLIENT_HEADERS,
  fieldsHiddenFrom,
  readClientVersion,
  type ClientVersion,
  type SkewedObject,
} from "./client-version.js";
export { InvalidWireValueError, WireError } from "./errors.js";
export { explainZodError, type RequestPart } from "./explain.js";
export {
  GLOBAL_ID_TYPES,
  globalId,
  looksLikeGlobalId,
  parseGlobalId,
  type GlobalIdType,
  type ParsedGlobalId,
} from "./ids.js";
export { isJsonObject, isJsonValue, MAX_JSON_DEPTH, parseJson, type JsonObject, type JsonValue } from "./json.js";
export { decodeCursor, encodeCursor, pageOf, pageQuery, PaginationSchema, type Pagination } from "./pagination.js";
export { problem, PROBLEM_CONTENT_TYPE, PROBLEM_KINDS, ProblemSchema, type Problem } from "./problem.js";
export { NameInput } from "./rest/fields.js";
export { utf8Length } from "./text.js";
export { formatTimestamp, parseTimestamp, RequestTimestamp, Rfc3339 } from "./timestamps.js";
