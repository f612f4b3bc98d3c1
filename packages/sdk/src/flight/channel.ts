import { Client } from "@grpc/grpc-js";
import type { CallOptions as GrpcOptions } from "@grpc/grpc-js";
import { FLIGHT_METHODS } from "@axlab/wire/flight";

import type { ArizeConfig } from "../config/index.js";
import { TimeoutError } from "../errors/index.js";
import { sleep, systemClock } from "../transport/clock.js";
import type { Clock } from "../transport/clock.js";
import { DEFAULT_DELAYS, retryDelay } from "../transport/retry.js";
import { markUnsettled } from "../transport/unsettled.js";
import type { CallOptions } from "../transport/index.js";
import { callMetadata, channelCredentials, channelOptions, targetOf } from "./connection.js";
import { drain } from "./drain.js";
import { flightError, leavesOpen, mayRepeat } from "./status.js";

/** The Flight service's methods as bytes in, bytes out: connection, metadata, retries, deadlines and errors. */
export class FlightChannel {
  readonly #config: ArizeConfig;
  readonly #client: Client;
  readonly #clock: Clock;

  constructor(config: ArizeConfig, clock: Clock = systemClock) {
    this.#config = config;
    this.#clock = clock;
    this.#client = new Client(targetOf(config), channelCredentials(config), channelOptions(config));
  }

  /** One request, one answer; repeated while the server is not there. */
  getFlightInfo(request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return this.#repeat("GetFlightInfo", true, options, () =>
      this.#unary(FLIGHT_METHODS.getFlightInfo.path, request, options),
    );
  }

  /** Messages as they arrive. Reading slowly holds the server back. Repeated until the first message has arrived. */
  async *doGet(request: Uint8Array, options: CallOptions): AsyncGenerator<Uint8Array, void, undefined> {
    const { first, rest } = await this.#repeat("DoGet", true, options, async () => {
      const messages = this.#stream(FLIGHT_METHODS.doGet.path, request, options);
      return { first: await messages.next(), rest: messages };
    });
    try {
      if (first.done) return;
      yield first.value;
      yield* rest;
    } catch (error) {
      throw this.#explain("DoGet", error, 1, options);
    } finally {
      await rest.return(undefined);
    }
  }

  /** All results of an action. */
  doAction(
    request: Uint8Array,
    options: CallOptions & { readonly idempotent?: boolean },
  ): Promise<readonly Uint8Array[]> {
    return this.#repeat("DoAction", options.idempotent ?? false, options, async () => {
      const results: Uint8Array[] = [];
      for await (const result of this.#stream(FLIGHT_METHODS.doAction.path, request, options)) results.push(result);
      return results;
    });
  }

  /**
   * Sends messages, no faster than the server takes them, and answers all it replied. Repeated, with fresh messages, only
   * if no connection was made, or while the server is not there when a repeat changes nothing.
   */
  doPut(
    messages: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options: CallOptions & { readonly idempotent?: boolean },
  ): Promise<readonly Uint8Array[]> {
    return this.#repeat("DoPut", options.idempotent ?? false, options, () => {
      const call = this.#client.makeBidiStreamRequest(
        FLIGHT_METHODS.doPut.path,
        toBuffer,
        toBytes,
        callMetadata(this.#config),
        this.#deadline(options),
      );
      const cancel = () => call.cancel();
      options.signal?.addEventListener("abort", cancel, { once: true });
      return drain(call, messages()).finally(() => options.signal?.removeEventListener("abort", cancel));
    });
  }

  close(): void {
    this.#client.close();
  }

  #unary(path: string, request: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const timeout = options.timeout ?? this.#config.timeout;
      const call = this.#client.makeUnaryRequest(
        path,
        toBuffer,
        toBytes,
        request,
        callMetadata(this.#config),
        this.#deadline({ ...options, timeout }),
        (error, value) => {
          options.signal?.removeEventListener("abort", cancel);
          if (error !== null) reject(error);
          else resolve(value ?? new Uint8Array(0));
        },
      );
      const cancel = () => call.cancel();
      options.signal?.addEventListener("abort", cancel, { once: true });
    });
  }

  async *#stream(path: string, request: Uint8Array, options: CallOptions): AsyncGenerator<Uint8Array, void, undefined> {
    const call = this.#client.makeServerStreamRequest(path, toBuffer, toBytes, request, callMetadata(this.#config), {});
    const cancel = () => call.cancel();
    options.signal?.addEventListener("abort", cancel, { once: true });
    const messages: AsyncIterator<Uint8Array> = call[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.#inTime(messages.next(), path, options, cancel);
        // What had arrived before the call was cancelled would still be read.
        options.signal?.throwIfAborted();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      options.signal?.removeEventListener("abort", cancel);
      call.cancel();
    }
  }

  /** A stream may take as long as it likes, but not fall silent: the timeout is the longest wait for its next message. */
  async #inTime<T>(next: Promise<T>, path: string, { timeout }: CallOptions, cancel: () => void): Promise<T> {
    const limit = timeout ?? this.#config.timeout;
    if (limit === 0) return next;
    let late = false;
    const stopClock = this.#clock.after(limit, () => {
      late = true;
      cancel();
    });
    try {
      return await next;
    } catch (error) {
      if (!late) throw error;
      const [service = path, method = path] = path.split("/").slice(1);
      const request = { method, path: targetOf(this.#config), attempts: 1 };
      throw new TimeoutError(`No message within ${limit} ms: ${method} ${service} at ${request.path}`, request);
    } finally {
      stopClock();
    }
  }

  async #repeat<T>(method: string, idempotent: boolean, options: CallOptions, attempt: () => Promise<T>): Promise<T> {
    let unsettled = false;
    const ended = (error: unknown): unknown => (unsettled ? markUnsettled(error) : error);
    for (let attempts = 1; ; attempts += 1) {
      if (options.signal?.aborted) throw ended(this.#explain(method, undefined, attempts, options));
      try {
        return await attempt();
      } catch (error) {
        unsettled ||= leavesOpen(error);
        const wait =
          retryDelay({ ...DEFAULT_DELAYS, maxRetries: this.#config.maxRetries }, attempts, undefined, Math.random) ?? 0;
        if (options.signal?.aborted || attempts > this.#config.maxRetries || !mayRepeat(error, idempotent))
          throw ended(this.#explain(method, error, attempts, options));
        await sleep(this.#clock, wait, options.signal).catch((stopped: unknown) => {
          throw ended(stopped);
        });
      }
    }
  }

  #deadline({ timeout }: CallOptions): GrpcOptions {
    return timeout === undefined || timeout === 0 ? {} : { deadline: this.#clock.now() + timeout };
  }

  #explain(method: string, error: unknown, attempts: number, { signal }: CallOptions): Error {
    return flightError(error, { method, target: targetOf(this.#config), attempts, signal });
  }
}

const toBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const toBytes = (buffer: Buffer): Uint8Array => buffer;
