import { encodeTraceRequest, traceRequest, type PlainSpan } from "@axlab/wire/otlp";

import type { ClientContext } from "../../context.js";

/** What became of an experiment's spans. */
export interface TracesReport {
  /** Name of the project they are in; absent when there was none to send them to. */
  readonly project?: string;
  readonly sent: number;
  /** Spans that did not arrive, or for which there was no room while the platform was slow. */
  readonly lost: number;
  /** Why spans were lost: the first reason. */
  readonly problem?: string;
}

const SPANS_A_REQUEST = 512;
const SPANS_WAITING = 4096;
const LINGER = 1_000;
const LAST_WAIT = 5_000;
const SCOPE = "@axlab/sdk";

/** Sends spans by OTLP over HTTP, beside the experiment: it never waits for them, and a failure is only noted. */
export class SpanSender {
  readonly #context: ClientContext;
  readonly #project: string;
  readonly #spaceId: string;
  readonly #stop = new AbortController();
  #waiting: PlainSpan[] = [];
  #working: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #closing = false;
  #sent = 0;
  #lost = 0;
  #problem: string | undefined;

  constructor(context: ClientContext, { project, spaceId }: { readonly project: string; readonly spaceId: string }) {
    this.#context = context;
    this.#project = project;
    this.#spaceId = spaceId;
  }

  add(span: PlainSpan): void {
    if (this.#waiting.length >= SPANS_WAITING) this.#lose(1, "they came faster than the platform took them");
    else this.#waiting.push(span);
    if (this.#waiting.length >= SPANS_A_REQUEST) this.#wake();
    this.#working ??= this.#work();
  }

  /** Sends what is left, for at most 5 seconds. */
  async close(): Promise<TracesReport> {
    this.#closing = true;
    this.#wake();
    const giveUp = this.#context.clock.after(LAST_WAIT, () => this.#stop.abort());
    await this.#working;
    giveUp();
    const problem = this.#problem === undefined ? {} : { problem: this.#problem };
    return { project: this.#project, sent: this.#sent, lost: this.#lost, ...problem };
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (!this.#closing && this.#waiting.length < SPANS_A_REQUEST) await this.#linger();
      const batch = this.#waiting.splice(0, SPANS_A_REQUEST);
      try {
        await this.#send(batch);
        this.#sent += batch.length;
      } catch (error) {
        this.#lose(batch.length, error instanceof Error ? error.message : String(error));
      }
    }
    this.#working = undefined;
  }

  async #linger(): Promise<void> {
    const clock = this.#context.clock;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(LINGER, resolve);
      this.#wake = () => {
        cancel();
        this.#wake = () => undefined;
        resolve();
      };
    });
  }

  async #send(spans: readonly PlainSpan[]): Promise<void> {
    const { config, transport } = this.#context;
    const key = config.apiKey.reveal();
    await transport.upload(`${config.otlpUrl}/traces`, {
      body: encodeTraceRequest(traceRequest({ "openinference.project.name": this.#project }, SCOPE, spans)),
      auth: "raw",
      signal: this.#stop.signal,
      headers: {
        "content-type": "application/x-protobuf",
        "arize-space-id": this.#spaceId,
        "arize-interface": "otel",
        // The names that Arize AX documents for OTLP over HTTP.
        space_id: this.#spaceId,
        api_key: key,
      },
    });
  }

  #lose(count: number, problem: string): void {
    this.#lost += count;
    this.#problem ??= problem;
  }
}
