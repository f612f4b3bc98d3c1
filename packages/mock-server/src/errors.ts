import type { Requirement } from "@axlab/auth";

/**
 * What may go wrong between a request and its answer, in no surface's own words: REST makes a problem document of it, Flight a
 * gRPC status, GraphQL an error with a code. Texts are for the developer who holds the key and never contain one.
 */
export abstract class PlatformError extends Error {
  abstract readonly status: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** 400: the request itself is wrong; the text names the field and what would be right. */
export class InvalidRequestError extends PlatformError {
  readonly status = 400;
}

/** Why a key was not accepted (`spec/access.md §6`). */
export type KeyRefusal =
  "missing" | "malformed" | "unknown" | "expired" | "revoked" | "disabled" | "developer_access" | "developer_lock";

/** `session`: nobody is signed in to the console any more; `sign_in`: what was given opens no session. */
export type Refusal = KeyRefusal | "session" | "sign_in";

/** 401: there is no principal. */
export class UnauthenticatedError extends PlatformError {
  readonly status = 401;

  constructor(
    message: string,
    readonly refusal: Refusal,
  ) {
    super(message);
  }
}

/** 403: the resource may be seen, but this may not be done with it. */
export class ForbiddenError extends PlatformError {
  readonly status = 403;

  constructor(
    message: string,
    readonly missing?: Requirement,
  ) {
    super(message);
  }
}

/** 404: absent, or hidden from the caller; the two are told alike. */
export class NotFoundError extends PlatformError {
  readonly status = 404;

  constructor(message = "No such resource, or this key may not see it.") {
    super(message);
  }
}

/** 409: the state of something else stands against it, such as a name that is taken. */
export class ConflictError extends PlatformError {
  readonly status = 409;
}

/** 413: more bytes than this platform was configured to take. */
export class PayloadTooLargeError extends PlatformError {
  readonly status = 413;
}

/** 415: a body in a form that this surface does not read. */
export class UnsupportedMediaTypeError extends PlatformError {
  readonly status = 415;
}

/** 422: well-formed, but not allowed to mean what it means. */
export class UnprocessableError extends PlatformError {
  readonly status = 422;
}

/** 429: the key's bucket is empty. */
export class RateLimitedError extends PlatformError {
  readonly status = 429;

  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}

/** 503: stopped midway; the lists say what is done and what is not. */
export class UnfinishedError extends PlatformError {
  readonly status = 503;

  constructor(
    message: string,
    /** fields of the problem document beside its own */
    readonly lists: Readonly<Record<string, readonly string[]>>,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The platform was asked to start in a way it cannot. */
export class ConfigurationError extends PlatformError {
  readonly status = 500;
}
