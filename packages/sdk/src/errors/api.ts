import { ArizeError } from "./base.js";
import type { RequestFacts } from "./client.js";
import { describeFailure, parseProblem, type ProblemDocument } from "./problem.js";

/** A response that refused the request, as the transport saw it. Texts are already redacted. */
export interface FailedResponse extends RequestFacts {
  readonly status: number;
  readonly body: string;
  /** Seconds the server asked to wait (`Retry-After`). */
  readonly retryAfter?: number | undefined;
}

/**
 * The server refused the request. The class follows the HTTP status alone, never the body; `message` is the problem
 * document's `detail ?? title` with status, method, path and request id behind it (`spec/rest.md` §1.6).
 */
export class ApiError extends ArizeError {
  override readonly name: string = "ApiError";
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  readonly attempts: number;
  /** The parsed problem document with all its members, when the body was one. */
  readonly problem: ProblemDocument | undefined;

  constructor(response: FailedResponse) {
    const request = response.requestId ? `, request ${response.requestId}` : "";
    const where = `${response.status}, ${response.method} ${response.path}${request}`;
    super(`${describeFailure(response.status, response.body)} (${where})`);
    this.status = response.status;
    this.method = response.method;
    this.path = response.path;
    this.requestId = response.requestId;
    this.attempts = response.attempts ?? 1;
    this.problem = parseProblem(response.body);
  }
}

/** 400: malformed or missing fields, a wrong id type, a bad cursor. */
export class BadRequestError extends ApiError {
  override readonly name: string = "BadRequestError";
}
/** 401: the key is missing, unknown, expired, revoked or disabled. */
export class AuthenticationError extends ApiError {
  override readonly name: string = "AuthenticationError";
}
/** 403: the key is known and may see the resource, but lacks the permission for this. */
export class PermissionDeniedError extends ApiError {
  override readonly name: string = "PermissionDeniedError";
}
/** 404: absent, or hidden from this key; the two are not told apart. */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}
/** 409: a name or binding that exists already, or a state that forbids the change. */
export class ConflictError extends ApiError {
  override readonly name: string = "ConflictError";
}
/** 413: the body is larger than the server takes. */
export class PayloadTooLargeError extends ApiError {
  override readonly name: string = "PayloadTooLargeError";
}
/** 422: well formed, but refused for what it means: a role above the caller's, an expiry pushed out. */
export class UnprocessableEntityError extends ApiError {
  override readonly name: string = "UnprocessableEntityError";
}
/** 429, after the retries: too many requests. */
export class RateLimitError extends ApiError {
  override readonly name: string = "RateLimitError";
  /** Seconds to wait before the next try, when the server said so. */
  readonly retryAfter: number | undefined;

  constructor(response: FailedResponse) {
    super(response);
    this.retryAfter = response.retryAfter;
  }
}
/** 5xx, after the retries. */
export class ServerError extends ApiError {
  override readonly name: string = "ServerError";
}

/** A success whose body is not what the API document promises. `path` in the text names the first member that differs. */
export class UnexpectedResponseError extends ApiError {
  override readonly name: string = "UnexpectedResponseError";
}

const BY_STATUS: ReadonlyMap<number, new (response: FailedResponse) => ApiError> = new Map([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, PermissionDeniedError],
  [404, NotFoundError],
  [409, ConflictError],
  [413, PayloadTooLargeError],
  [422, UnprocessableEntityError],
  [429, RateLimitError],
]);

/** The error class for a refused request, by its status. */
export function apiErrorFor(response: FailedResponse): ApiError {
  const KnownError = BY_STATUS.get(response.status) ?? (response.status >= 500 ? ServerError : ApiError);
  return new KnownError(response);
}
