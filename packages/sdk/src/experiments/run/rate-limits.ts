import { parseRetryAfter, retryDelay } from "../../transport/retry.js";
import { sleep, type Clock } from "../../transport/clock.js";
import { isPromise, withinLimits, type Limits, type Stop } from "./limits.js";

/** Milliseconds, where nothing else is said. */
export interface RetryLimits {
  /** Tries in all. Default 5; 1 turns retries off. */
  readonly attempts?: number | undefined;
  /** The first wait is up to this long, each further one up to twice as long. Default 1000. */
  readonly baseDelay?: number | undefined;
  /** Default 30 000. A `Retry-After` may be twice as long; a longer one is an error. */
  readonly maxDelay?: number | undefined;
  /**
   * Whether an error says "not now": true waits with backoff, a number so many seconds. Default: errors with status 429, whose
   * `Retry-After` is honoured, and `RateLimitedError`.
   */
  readonly isRateLimit?: ((error: unknown) => boolean | number) | undefined;
}

export interface Patience extends Limits {
  readonly clock: Clock;
  readonly retry: RetryLimits;
  readonly random: () => number;
}

/**
 * Repeats work that is told to come later. Waiting does not count against the timeout, which is for one attempt.
 * @returns a promise only if the work does, or has to be repeated
 * @throws the work's own error, TaskTimeoutError, AbortError
 */
export function withRetries<Result>(
  work: (stop: Stop, attempt: number) => Result | Promise<Result>,
  patience: Patience,
): Result | Promise<Result> {
  try {
    const result = withinLimits((stop) => work(stop, 1), patience);
    return isPromise(result) ? result.catch((error: unknown) => again(work, patience, error)) : result;
  } catch (error) {
    return again(work, patience, error);
  }
}

async function again<Result>(
  work: (stop: Stop, attempt: number) => Result | Promise<Result>,
  patience: Patience,
  failure: unknown,
): Promise<Result> {
  const { retry, random, clock, watch } = patience;
  const { attempts = 5, baseDelay = 1000, maxDelay = 30_000, isRateLimit } = retry;
  const policy = { maxRetries: attempts - 1, baseDelay, maxDelay, maxRetryAfter: 2 * maxDelay };
  let error = failure;
  for (let attempt = 1; ; attempt += 1) {
    if (attempt >= attempts || watch.signal.aborted) throw error;
    const limit = isRateLimit ? told(isRateLimit(error)) : rateLimitOf(error, clock);
    const wait = limit && retryDelay(policy, attempt, limit.retryAfter, random);
    if (wait === undefined) throw error;
    await sleep(clock, wait, watch.signal);
    try {
      return await withinLimits((stop) => work(stop, attempt + 1), patience);
    } catch (next) {
      error = next;
    }
  }
}

interface RateLimit {
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

function told(verdict: boolean | number): RateLimit | undefined {
  if (verdict === false) return undefined;
  return { retryAfter: verdict === true ? undefined : verdict };
}

/** Reads the errors of fetch wrappers, axios, and the clients of OpenAI, Anthropic and this package alike. */
function rateLimitOf(error: unknown, clock: Clock): RateLimit | undefined {
  const response = member(error, "response");
  const statuses = [member(error, "status"), member(error, "statusCode"), member(response, "status")];
  const named = error instanceof Error && error.name === "RateLimitedError";
  if (!named && !statuses.includes(429)) return undefined;
  const own = member(error, "retryAfter");
  if (typeof own === "number") return { retryAfter: own };
  const header = headerOf(member(error, "headers")) ?? headerOf(member(response, "headers"));
  return { retryAfter: parseRetryAfter(header, clock.now()) };
}

function headerOf(headers: unknown): string | undefined {
  const value = headers instanceof Headers ? headers.get("retry-after") : member(headers, "retry-after");
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
