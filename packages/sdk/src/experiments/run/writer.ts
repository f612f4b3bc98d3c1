import { utf8Length } from "@axlab/wire";
import type { ExperimentRunInput } from "@axlab/wire/rest";

import { mayRetry } from "../../transport/retry.js";
import { sleep, type Clock } from "../../transport/clock.js";
import { chunksOf, type ChunkLimits } from "../../rows/chunks.js";

/** A run as JSON. Each is written when it is finished: the runs of a request at once would hold tasks up for milliseconds. */
export interface WrittenRun {
  readonly exampleId: string;
  readonly text: string;
}

/** Where runs are stored. */
export interface RunStore {
  /** @param doubtful whether an earlier try may have stored some of them */
  append(runs: readonly WrittenRun[], doubtful: boolean, signal: AbortSignal): Promise<void>;
}

export interface WriterSettings {
  readonly clock: Clock;
  readonly limits: ChunkLimits;
  /** Called once, when storing has failed for good: no further run will be stored. */
  readonly onFailure: (error: unknown) => void;
}

/** Enough runs for a request. */
const ENOUGH = 1000;
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
  readonly #waiting: WrittenRun[] = [];
  #working: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #lingers = false;
  #hurries = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(store: RunStore, settings: WriterSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** Runs that the platform has not acknowledged. */
  get unstored(): readonly ExperimentRunInput[] {
    return rowsOf(this.#waiting);
  }

  add(row: ExperimentRunInput): void {
    this.#waiting.push({ exampleId: row.example_id ?? "", text: JSON.stringify(row) });
    if (this.#waiting.length >= ENOUGH) this.#wake();
    this.#working ??= this.#work();
  }

  /** No longer waits for enough: soon there will be no more, and the last request should be short. */
  hurry(): void {
    this.#hurries = true;
    this.#wake();
  }

  /** Stores what is left, within `milliseconds` when the caller is in a hurry. @throws what storing failed with */
  async close(milliseconds?: number): Promise<void> {
    this.hurry();
    const inTime =
      milliseconds === undefined ? undefined : this.#settings.clock.after(milliseconds, () => this.#stop.abort());
    await this.#working;
    inTime?.();
    if (this.#failure) throw this.#failure.error;
  }

  async #work(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        if (this.#lingers && !this.#hurries && this.#waiting.length < ENOUGH) await this.#linger();
        this.#lingers = true;
        const { limits } = this.#settings;
        const [runs = []] = chunksOf(this.#waiting.slice(0, limits.maxRows), limits, ({ text }) => utf8Length(text));
        await this.#send(runs);
        this.#waiting.splice(0, runs.length);
      }
      this.#working = undefined;
    } catch (error) {
      // What is still added stays unstored: `#working` is left set.
      this.#failure = { error };
      this.#settings.onFailure(error);
    }
  }

  async #send(runs: readonly WrittenRun[]): Promise<void> {
    const { clock } = this.#settings;
    const until = clock.now() + PATIENCE;
    let doubtful = false;
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        await this.#store.append(runs, doubtful, this.#stop.signal);
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

export function rowsOf(runs: readonly WrittenRun[]): ExperimentRunInput[] {
  // boundary: each text is what `add` wrote.
  return runs.map(({ text }) => JSON.parse(text) as ExperimentRunInput);
}
