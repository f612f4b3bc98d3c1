import { ApiError, RateLimitError } from "../errors/api.js";
import { ConnectionError } from "../errors/client.js";

/** How retries wait. Milliseconds. */
export interface RetryPolicy {
  readonly maxRetries: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
  /** A longer `Retry-After` is not waited for; the error tells the caller how long it is. */
  readonly maxRetryAfter: number;
}

export const DEFAULT_DELAYS = { baseDelay: 500, maxDelay: 8_000, maxRetryAfter: 60_000 } as const;

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
/** Codes of attempts that never reached a server. */
export const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** Codes of handshakes that fail the same way each time. */
export const PERMANENT = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/;

/**
 * Whether a failed attempt may be repeated.
 *
 * An idempotent request (GET, PUT, DELETE, or marked so) may after any network error or timeout and after 408, 429, 500,
 * 502, 503, 504. Any other request (POST, PATCH) only where the server cannot have acted: the connection was never made,
 * or it answered 429, or 503 with `Retry-After`, both of which say "not now" before the work. A timeout, a reset or a 502 leaves open whether
 * it acted, so they are never repeated.
 */
export function mayRetry(error: unknown, idempotent: boolean, retryAfter: number | undefined): boolean {
  if (error instanceof ConnectionError) {
    if (error.code !== undefined && PERMANENT.test(error.code)) return false;
    return idempotent || (error.code !== undefined && NEVER_SENT.has(error.code));
  }
  if (!(error instanceof ApiError) || !TRANSIENT_STATUSES.has(error.status)) return false;
  if (idempotent || error instanceof RateLimitError) return true;
  return error.status === 503 && retryAfter !== undefined;
}

/**
 * Milliseconds before attempt `attempt + 1`: the server's `Retry-After`, else exponential backoff with full jitter.
 * `undefined` when the server asks for more patience than the policy has.
 */
export function retryDelay(
  policy: RetryPolicy,
  attempt: number,
  retryAfter: number | undefined,
  random: () => number,
): number | undefined {
  const ceiling = Math.min(policy.maxDelay, policy.baseDelay * 2 ** (attempt - 1));
  const backoff = Math.round(random() * ceiling);
  if (retryAfter === undefined) return backoff;
  const asked = retryAfter * 1000;
  return asked > policy.maxRetryAfter ? undefined : Math.max(asked, backoff);
}

/** Seconds from a `Retry-After` header: a number of seconds or an HTTP date; anything else is ignored. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
