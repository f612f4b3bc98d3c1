import { TaskTimeoutError } from "../../errors/experiments.js";
import { onAbort } from "../../transport/abort.js";
import { abortError, type Clock } from "../../transport/clock.js";

/**
 * Ends work whose time is up. All of it has the same time, so what began first is due first, and one timer does for all: with some
 * thousand short tasks a second, a timer for each costs more than the rest.
 */
export class Deadlines {
  readonly #clock: Clock;
  /** Milliseconds; 0 is no limit. */
  readonly timeout: number;
  readonly #running = new Set<{ readonly due: number; readonly end: () => void }>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, timeout: number) {
    this.#clock = clock;
    this.timeout = timeout;
  }

  /** Calls `end` when time is up, unless what this answers is called before. */
  begin(end: () => void): () => void {
    if (this.timeout === 0) return () => undefined;
    const running = { due: this.#clock.now() + this.timeout, end };
    this.#running.add(running);
    this.#cancel ??= this.#clock.after(this.timeout, () => this.#look());
    return () => {
      this.#running.delete(running);
      if (this.#running.size > 0) return;
      this.#cancel?.();
      this.#cancel = undefined;
    };
  }

  #look(): void {
    this.#cancel = undefined;
    const now = this.#clock.now();
    for (const running of this.#running) {
      if (running.due > now) {
        this.#cancel = this.#clock.after(running.due - now, () => this.#look());
        return;
      }
      this.#running.delete(running);
      running.end();
    }
  }
}

export interface Limits {
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal | undefined;
  /** For the text of a timeout: `The task`. */
  readonly what: string;
}

/** A signal that is made when it is first asked for: most evaluators never do, and one for each call is most of what a call costs. */
export class Stop {
  #controller: AbortController | undefined;
  #reason: Error | undefined;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  abort(reason: Error): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

/**
 * Runs work that may ignore its signal: the answer comes when it is done, its time is up, or the caller aborts, whichever is first.
 * @throws TaskTimeoutError, AbortError, and whatever the work throws
 */
export function withinLimits<Result>(
  work: (stop: Stop) => Result | Promise<Result>,
  { deadlines, signal, what }: Limits,
): Result | Promise<Result> {
  if (signal?.aborted) throw abortError(signal);
  const stop = new Stop();
  const result = work(stop);
  // What is done at once needs no watching.
  if (!isPromise(result)) return result;
  return new Promise<Result>((resolve, reject) => {
    const settled = (): void => {
      release();
      inTime();
    };
    const end = (error: Error): void => {
      settled();
      stop.abort(error);
      reject(error);
    };
    const release = onAbort(signal, () => end(abortError(signal)));
    const inTime = deadlines.begin(() => end(new TaskTimeoutError(`${what} took longer than ${deadlines.timeout} ms`)));
    result.then(settled, settled);
    result.then(resolve, reject);
    // The work itself may have aborted.
    if (signal?.aborted) end(abortError(signal));
  });
}

export function isPromise<Result>(result: Result | Promise<Result>): result is Promise<Result> {
  return typeof result === "object" && result !== null && typeof Reflect.get(result, "then") === "function";
}
