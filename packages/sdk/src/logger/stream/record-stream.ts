import { GRPC_METADATA_PREFIX, INGEST_HEADERS, INGEST_PATHS } from "@axlab/wire/ingest";

import type { ClientContext } from "../../context.js";
import { ArizeError, ConfigurationError } from "../../errors/index.js";
import { flushAtExit, forgetAtExit } from "../../node/exit-flush.js";
import { sdkHeaders } from "../../transport/index.js";
import type { CallOptions } from "../../transport/index.js";
import { ValidationFailure } from "../errors.js";
import { requireAnswer } from "../upload/answer.js";
import { recordProblems } from "./check-record.js";
import { givenFields } from "./record.js";
import type { StreamRecord } from "./record.js";
import { predictionId, recordJson } from "./record-message.js";

/** A record that did not land, and why. */
export interface FailedRecord {
  readonly record: StreamRecord;
  readonly error: unknown;
}

/** Records accepted by `stream` that did not land. They are all here: nothing is dropped in silence. */
export class StreamError extends ArizeError {
  override readonly name: string = "StreamError";
  readonly failures: readonly FailedRecord[];

  constructor(failures: readonly FailedRecord[]) {
    const [first] = failures;
    const said = first?.error instanceof Error ? first.error.message : "unknown";
    super(`${failures.length} of the streamed records did not land; first: ${said}`, { cause: first?.error });
    this.failures = failures;
  }
}

export interface StreamOptions extends CallOptions {
  /** Space to log into; default is the client's. */
  readonly spaceId?: string | undefined;
  /** Called when this record does not land; it is then not reported by `flush`. */
  readonly onFailure?: ((failure: FailedRecord) => void) | undefined;
  /** `false` skips the rules; the platform may still refuse the record. Default true. */
  readonly validate?: boolean | undefined;
}

type Context = Pick<ClientContext, "config" | "transport" | "clock">;

/** @throws ValidationFailure for what no record can carry; with `validate: false` nothing else has looked at it */
function written(record: StreamRecord): unknown {
  try {
    return recordJson(record);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ValidationFailure(`A record of model ${JSON.stringify(record.modelId)} cannot be written`, "types", [
      { code: "Invalid_Record", field: "record", message: `record cannot be written as JSON of public.Record: ${said}.` },
    ]); // prettier-ignore
  }
}

/**
 * Posts single records, some at a time (`streamMaxWorkers`), with at most `streamMaxQueueBound` waiting: then `add` waits,
 * so that a fast producer is slowed down instead of filling the memory or losing records.
 */
export class RecordStream {
  readonly #context: Context;
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #held: (() => void)[] = [];
  #running = 0;
  #closed = false;
  #failures: FailedRecord[] = [];
  #idle: (() => void)[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** Resolves once the record is in the queue. @throws ValidationFailure before anything is queued */
  async add(record: StreamRecord, options: StreamOptions = {}): Promise<void> {
    if (this.#closed) throw new ConfigurationError("The logger is closed; make a new client to stream more records");
    const { config, clock } = this.#context;
    const spaceId = options.spaceId ?? config.spaceId;
    if (spaceId === undefined)
      throw new ConfigurationError("No space to log into: pass { spaceId } or set ARIZE_SPACE_ID");
    const given = givenFields(record);
    const problems = (options.validate ?? true) ? recordProblems(given, clock.now()) : [];
    if (problems.length > 0)
      throw new ValidationFailure(
        `A record of model ${JSON.stringify(given.modelId)} cannot be logged`,
        "values",
        problems,
      );
    const body = written(given);
    while (this.#waiting.length >= config.streamMaxQueueBound)
      await new Promise<void>((resolve) => this.#held.push(resolve));
    this.#waiting.push(() => this.#deliver(record, body, spaceId, options));
    if (config.flushOnExit) flushAtExit(this);
    this.#work();
  }

  /** Waits until every record added so far has landed or failed. @throws StreamError with all that failed since the last flush */
  async flush(): Promise<void> {
    if (this.#running > 0 || this.#waiting.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    const failures = this.#failures;
    this.#failures = [];
    if (this.#running === 0 && this.#waiting.length === 0) forgetAtExit(this);
    if (failures.length > 0) throw new StreamError(failures);
  }

  /** Refuses further records and flushes. */
  close(): Promise<void> {
    this.#closed = true;
    return this.flush();
  }

  #work(): void {
    while (this.#running < this.#context.config.streamMaxWorkers) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#running += 1;
      this.#held.shift()?.();
      void next().finally(() => {
        this.#running -= 1;
        this.#work();
      });
    }
    if (this.#running > 0 || this.#waiting.length > 0) return;
    this.#idle.splice(0).forEach((resolve) => resolve());
    if (this.#failures.length === 0) forgetAtExit(this);
  }

  async #deliver(
    record: StreamRecord,
    body: unknown,
    spaceId: string,
    { signal, timeout, onFailure }: StreamOptions,
  ): Promise<void> {
    try {
      const answer = await this.#context.transport.request({
        method: "POST",
        path: INGEST_PATHS.record,
        body,
        auth: "raw",
        headers: this.#headers(spaceId),
        // The platform merges by prediction id, so that a repeat is harmless; without one it would be a second record.
        idempotent: predictionId(record) !== undefined,
        signal,
        timeout,
      });
      requireAnswer(answer);
    } catch (error) {
      this.#report({ record, error }, onFailure);
    }
  }

  #report(failure: FailedRecord, onFailure: StreamOptions["onFailure"]): void {
    if (onFailure === undefined) this.#failures.push(failure);
    else
      try {
        onFailure(failure);
      } catch (error) {
        this.#failures.push({ record: failure.record, error });
      }
  }

  /** All but `authorization` in the form that a gRPC gateway passes on (`spec/ingest.md §4.1`). */
  #headers(spaceId: string): Record<string, string> {
    const plain = {
      ...this.#context.config.defaultHeaders,
      ...sdkHeaders(),
      [INGEST_HEADERS.spaceId]: spaceId,
      [INGEST_HEADERS.interface]: "stream",
    };
    return Object.fromEntries(Object.entries(plain).map(([name, value]) => [GRPC_METADATA_PREFIX + name, value]));
  }
}
