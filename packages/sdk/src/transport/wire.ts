import type { AxiosInstance, AxiosRequestConfig } from "axios";

import type { ArizeConfig } from "../config/config.js";
import { ConnectionError, TimeoutError } from "../errors/client.js";
import { openBody } from "../node/body.js";
import { tlsAgent } from "../node/tls.js";
import { onAbort } from "./abort.js";
import { abortError, type Clock } from "./clock.js";
import { proxyFor } from "./proxy.js";
import type { Method, TransportResponse, UploadBody } from "./types.js";

interface Attempt {
  readonly method: Method;
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: UploadBody | string | undefined;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly requestId: string;
  readonly attempt: number;
}

/** What came of one attempt: a response of whatever status, or none. */
export type Exchange =
  { readonly response: TransportResponse } | { readonly response?: undefined; readonly failure: Error };

/** One attempt over axios: Node's HTTP client with keep-alive, fetch elsewhere. Knows nothing of retries or statuses. */
export class Wire {
  readonly #reach: Pick<AxiosRequestConfig, "httpsAgent" | "proxy">;
  #axios: Promise<AxiosInstance> | undefined;
  readonly #clock: Clock;
  readonly #redact: (text: string) => string;

  constructor(config: ArizeConfig, clock: Clock, redact: (text: string) => string) {
    this.#clock = clock;
    this.#redact = redact;
    const httpsAgent = tlsAgent(config);
    const proxy = proxyFor(config.proxyUrl);
    this.#reach = {
      ...(httpsAgent === undefined ? {} : { httpsAgent }),
      ...(proxy === undefined ? {} : { proxy }),
    };
  }

  async exchange(attempt: Attempt): Promise<Exchange> {
    const stop = new AbortController();
    const release = onAbort(attempt.signal, () => stop.abort());
    let late = false;
    const cancelTimeout = this.#clock.after(attempt.timeout === 0 ? 2 ** 31 - 1 : attempt.timeout, () => {
      late = true;
      stop.abort();
    });
    const body = openBody(attempt.body);
    try {
      const { status, headers, data } = await (
        await (this.#axios ??= axiosWith(this.#reach))
      ).request<unknown>({
        method: attempt.method,
        url: attempt.url,
        headers: "content-type" in attempt.headers ? attempt.headers : { ...attempt.headers, "content-type": false },
        data: body.data,
        signal: stop.signal,
      });
      return { response: toResponse(attempt, status, headers, data) };
    } catch (error) {
      if (attempt.signal?.aborted) return { failure: abortError(attempt.signal) };
      return { failure: late ? this.#timedOut(attempt) : (body.failure() ?? this.#disconnected(attempt, error)) };
    } finally {
      cancelTimeout();
      release();
      body.close();
    }
  }

  #timedOut(attempt: Attempt): TimeoutError {
    const facts = { ...attempt, attempts: attempt.attempt };
    return new TimeoutError(
      `No whole answer within ${attempt.timeout} ms: ${attempt.method} ${hostOf(attempt.url)}${attempt.path}`,
      facts,
    );
  }

  // The axios error itself is left behind: it holds the request's headers, and so the key.
  #disconnected(attempt: Attempt, error: unknown): ConnectionError {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    const said = error instanceof Error && error.message ? error.message : (code ?? "the connection failed");
    const text = `Could not reach ${hostOf(attempt.url)} (${attempt.method} ${attempt.path}): ${said}`;
    return new ConnectionError(this.#redact(text), { ...attempt, attempts: attempt.attempt }, code);
  }
}

/** Loaded by the first request: it is a third of what importing the SDK takes, and exports by Flight never need it. */
async function axiosWith(reach: Pick<AxiosRequestConfig, "httpsAgent" | "proxy">): Promise<AxiosInstance> {
  const { default: axios } = await import("axios");
  return axios.create({
    adapter: ["http", "fetch"],
    // A redirect could carry the key to another host, and following one makes axios hold the body in memory.
    maxRedirects: 0,
    responseType: "text",
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
    ...reach,
  });
}

function toResponse(attempt: Attempt, status: number, headers: object, data: unknown): TransportResponse {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const plain: Record<string, string> = Object.fromEntries(named);
  const text = typeof data === "string" ? data : "";
  const { method, path } = attempt;
  return { status, headers: plain, text, requestId: plain["x-request-id"] ?? attempt.requestId, method, path };
}

function hostOf(url: string): string {
  return new URL(url).origin;
}
