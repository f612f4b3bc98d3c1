import type { ArizeConfig } from "../config/config.js";
import { apiErrorFor } from "../errors/api.js";
import { ValidationError } from "../errors/client.js";
import { shorten } from "../errors/problem.js";
import { abortError, sleep, systemClock, type Clock } from "./clock.js";
import { requestHeaders } from "./headers.js";
import { JsonText } from "./json-text.js";
import { queryString } from "./query.js";
import { redactor } from "./redact.js";
import { DEFAULT_DELAYS, mayRetry, parseRetryAfter, retryDelay, type RetryPolicy } from "./retry.js";
import { leavesOpen, markUnsettled } from "./unsettled.js";
import { Wire, type Exchange } from "./wire.js";
import type { AttemptReport, Method, TransportRequest, TransportResponse, UploadBody, UploadRequest } from "./types.js";

/** What tests replace: time and chance. */
export interface TransportDependencies {
  readonly clock?: Clock | undefined;
  /** In [0, 1); spreads the retries. */
  readonly random?: (() => number) | undefined;
  readonly requestId?: (() => string) | undefined;
  readonly onAttempt?: ((report: AttemptReport) => void) | undefined;
}

interface Prepared {
  readonly method: Method;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: UploadBody | string | undefined;
  readonly idempotent: boolean;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly requestId: string;
}

interface Failed {
  readonly failure: Error;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

const IDEMPOTENT = new Set<Method>(["GET", "PUT", "DELETE"]);

/** The one way out: every HTTP request of the SDK passes here, for its headers, timeout, retries and errors. */
export class Transport {
  readonly #config: ArizeConfig;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #requestId: () => string;
  readonly #onAttempt: ((report: AttemptReport) => void) | undefined;
  readonly #policy: RetryPolicy;
  readonly #redact: (text: string) => string;

  constructor(config: ArizeConfig, dependencies: TransportDependencies = {}) {
    this.#config = config;
    this.#clock = dependencies.clock ?? systemClock;
    this.#random = dependencies.random ?? Math.random;
    this.#requestId = dependencies.requestId ?? (() => crypto.randomUUID());
    this.#onAttempt = dependencies.onAttempt;
    this.#policy = { ...DEFAULT_DELAYS, maxRetries: config.maxRetries };
    this.#redact = redactor(config.apiKey);
    this.#wire = new Wire(config, this.#clock, this.#redact);
  }

  get config(): ArizeConfig {
    return this.#config;
  }

  /**
   * Sends JSON and answers the response of a 2xx; everything else is thrown as the class its status asks for.
   * @throws ApiError, ConnectionError, TimeoutError, AbortError, and ValidationError for a body that is not JSON
   */
  request(request: TransportRequest): Promise<TransportResponse> {
    const body = request.body === undefined ? undefined : toJson(request.body);
    const whole = this.#whole(request.path);
    const prepared = this.#prepare(request, request.method, whole, request.path, body);
    return this.#run({ ...prepared, url: whole + queryString(request.query) });
  }

  /**
   * POSTs bytes as they are, to a path of the API or a whole URL, without holding a streamed body in memory. A streamed body is made anew
   * for every attempt.
   */
  upload(path: string, request: UploadRequest): Promise<TransportResponse> {
    return this.#run(this.#prepare(request, "POST", this.#whole(path), path, request.body));
  }

  #whole(path: string): string {
    return /^https?:\/\//i.test(path) ? path : this.#config.apiUrl + path;
  }

  #prepare(
    request: TransportRequest | UploadRequest,
    method: Method,
    url: string,
    path: string,
    body: Prepared["body"],
  ): Prepared {
    const requestId = this.#requestId();
    const json = typeof body === "string";
    return {
      method,
      url,
      path: path.replace(/^https?:\/\/[^/]+/i, "").split("?")[0] ?? path,
      body,
      requestId,
      headers: requestHeaders(this.#config, {
        requestId,
        json,
        auth: request.auth ?? "bearer",
        headers: request.headers,
      }),
      idempotent: request.idempotent ?? IDEMPOTENT.has(method),
      timeout: request.timeout ?? this.#config.timeout,
      signal: request.signal,
    };
  }

  async #run(request: Prepared): Promise<TransportResponse> {
    const sent = { unsettled: false };
    try {
      return await this.#attempts(request, sent);
    } catch (error) {
      throw sent.unsettled ? markUnsettled(error) : error;
    }
  }

  async #attempts(request: Prepared, sent: { unsettled: boolean }): Promise<TransportResponse> {
    for (let attempt = 1; ; attempt += 1) {
      if (request.signal?.aborted) throw abortError(request.signal);
      const started = this.#clock.now();
      const exchange = await this.#wire.exchange({ ...request, attempt });
      const verdict = this.#judge(request, exchange, attempt);
      const milliseconds = this.#clock.now() - started;
      const { method, path, requestId } = request;
      const report = {
        method,
        path,
        attempt,
        requestId,
        milliseconds,
        ...(exchange.response ? { status: exchange.response.status } : {}),
      };
      if ("success" in verdict) {
        this.#onAttempt?.(report);
        return verdict.success;
      }
      sent.unsettled ||= leavesOpen(verdict.failure, verdict.retryAfter);
      const retryIn = this.#retryIn(verdict, request, attempt);
      this.#onAttempt?.({ ...report, error: verdict.failure.message, ...(retryIn === undefined ? {} : { retryIn }) });
      if (retryIn === undefined) throw verdict.failure;
      await sleep(this.#clock, retryIn, request.signal);
    }
  }

  #judge(request: Prepared, exchange: Exchange, attempts: number): { readonly success: TransportResponse } | Failed {
    if (!exchange.response) return exchange;
    const { status, headers, text, requestId } = exchange.response;
    if (status >= 200 && status < 300) return { success: exchange.response };
    const retryAfter = parseRetryAfter(headers["retry-after"], this.#clock.now());
    const body = status >= 300 && status < 400 ? redirectNote(status, headers["location"]) : text;
    const { method, path } = request;
    return {
      retryAfter,
      failure: apiErrorFor({ status, body: this.#redact(body), method, path, requestId, attempts, retryAfter }),
    };
  }

  #retryIn({ failure, retryAfter }: Failed, request: Prepared, attempt: number): number | undefined {
    if (attempt > this.#policy.maxRetries || !mayRetry(failure, request.idempotent, retryAfter)) return undefined;
    return retryDelay(this.#policy, attempt, retryAfter, this.#random);
  }
}

function redirectNote(status: number, location: string | undefined): string {
  const target = location === undefined ? "nowhere" : shorten(location);
  return `it redirects (${status}) to ${target}. Redirects are not followed, so that the key stays with the configured host: check the base URL`;
}

function toJson(body: unknown): string {
  if (body instanceof JsonText) return body.text;
  try {
    return JSON.stringify(body);
  } catch (error) {
    throw new ValidationError("The body is not JSON", [
      { path: "", message: error instanceof Error ? error.message : "cannot be written" },
    ]);
  }
}
