import type { ExperimentRunInput } from "@axlab/wire/rest";

import { mayRetry } from "../../transport/retry.js";
import { sleep, type Clock } from "../../transport/clock.js";
import { chunksOf, type ChunkLimits } from "../../rows/chunks.js";

/** Where runs are stored. */
export interface RunStore {
  /** @param doubtful whether an earlier try may have stored some of them */
  append(rows: readonly ExperimentRunInput[], doubtful: boolean, signal: AbortSignal): Promise<void>;
}

export interface WriterSettings {
  readonly clock: Clock;
  readonly limits: ChunkLimits;
  /** Called once, when storing has failed for good: no further run will be stored. */
  readonly onFailure: (error: unknown) => void;
}

/** Enough rows for a request. */
const ENOUGH = 500;
/** The longest a finished run waits to be sent, in milliseconds: what a killed process may lose. */
const LINGER = 500;
/** How long a platform that is away is waited for, while tasks go on. */
const PATIENCE = 60_000;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

/**
 * Stores runs as they come, one request at a time: the first at once, so that a refusal shows early, then in batches. A platform that is
 * away for a while (restarted, or answering 429) is waited for.
 */
export class RunWriter {
  readonly #store: RunStore;
  readonly #settings: WriterSettings;
  readonly #stop = new AbortController();
  readonly #waiting: ExperimentRunInput[] = [];
  #working: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #lingers = false;
  #closing = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(store: RunStore, settings: WriterSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** Runs that the platform has not acknowledged. */
  get unstored(): readonly ExperimentRunInput[] {
    return this.#waiting;
  }

  add(row: ExperimentRunInput): void {
    this.#waiting.push(row);
    if (this.#waiting.length >= ENOUGH) this.#wake();
    this.#working ??= this.#work();
  }

  /** Stores what is left, within `milliseconds` when the caller is in a hurry. @throws what storing failed with */
  async close(milliseconds?: number): Promise<void> {
    this.#closing = true;
    this.#wake();
    const inTime =
      milliseconds === undefined ? undefined : this.#settings.clock.after(milliseconds, () => this.#stop.abort());
    await this.#working;
    inTime?.();
    if (this.#failure) throw this.#failure.error;
  }

  async #work(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        if (this.#lingers && !this.#closing && this.#waiting.length < ENOUGH) await this.#linger();
        this.#lingers = true;
        const [rows = []] = chunksOf(this.#waiting.slice(0, this.#settings.limits.maxRows), this.#settings.limits);
        await this.#send(rows);
        this.#waiting.splice(0, rows.length);
      }
      this.#working = undefined;
    } catch (error) {
      // What is still added stays unstored: `#working` is left set.
      this.#failure = { error };
      this.#settings.onFailure(error);
    }
  }

  async #send(rows: readonly ExperimentRunInput[]): Promise<void> {
    const { clock } = this.#settings;
    const until = clock.now() + PATIENCE;
    let doubtful = false;
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        await this.#store.append(rows, doubtful, this.#stop.signal);
        return;
      } catch (error) {
        if (this.#stop.signal.aborted || !mayRetry(error, true, undefined) || clock.now() + wait > until) throw error;
        // Unless the request cannot have reached the platform, its rows may be stored, and only the answer was lost.
        doubtful ||= !mayRetry(error, false, undefined);
        await sleep(clock, wait, this.#stop.signal).catch(() => undefined);
      }
    }
  }

  async #linger(): Promise<void> {
    const clock = this.#settings.clock;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(LINGER, resolve);
      this.#wake = () => {
        cancel();
        this.#wake = () => undefined;
        resolve();
      };
    });
  }
}
