import type { Query } from "./query.js";

/** Options every call of the SDK takes. */
export interface CallOptions {
  /** Aborts the call, also while it waits to retry. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds per attempt; overrides the client's. 0 waits for ever. */
  readonly timeout?: number | undefined;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How the key travels: `bearer` for REST, `raw` for ingest, `x-api-key` for GraphQL. */
export type AuthScheme = "bearer" | "raw" | "x-api-key";

interface Common extends CallOptions {
  /** Lower-case names; they win over the client's default headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default `bearer`. */
  readonly auth?: AuthScheme | undefined;
  /** The request may be repeated although its method is POST or PATCH: a read, or an upsert. */
  readonly idempotent?: boolean | undefined;
}

export interface TransportRequest extends Common {
  readonly method: Method;
  /** From the `path` tag; or a whole URL. */
  readonly path: string;
  readonly query?: Query | undefined;
  /** Sent as JSON when given. */
  readonly body?: unknown;
}

/** Bytes, or a function that makes a fresh stream of them for every attempt. */
export type UploadBody = Uint8Array | (() => AsyncIterable<Uint8Array>);

export interface UploadRequest extends Common {
  readonly body: UploadBody;
}

export interface TransportResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; empty for 204. */
  readonly text: string;
  readonly requestId: string;
  readonly method: Method;
  readonly path: string;
}

/** One attempt, for the `onAttempt` option: a line for a log. Holds no secret. */
export interface AttemptReport {
  readonly method: Method;
  readonly path: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly requestId: string;
  /** Absent when no response arrived. */
  readonly status?: number;
  readonly error?: string;
  readonly milliseconds: number;
  /** Milliseconds until the next try; absent when this was the last. */
  readonly retryIn?: number;
}
