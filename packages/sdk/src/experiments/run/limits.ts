import { TaskTimeoutError } from "../../errors/experiments.js";
import { onAbort } from "../../transport/abort.js";
import { abortError, type Clock } from "../../transport/clock.js";

/** Work that is being watched. */
interface Watched {
  readonly due: number;
  readonly what: string;
  readonly end: (error: Error) => void;
}

/**
 * Ends work whose time is up, and all of it when the experiment ends. All work has the same time, so what began first is due first, and one
 * timer does for all: with some thousand short tasks a second, a timer and a listener for each cost more than the rest.
 */
export class Watch {
  readonly #clock: Clock;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Milliseconds; 0 is no limit. */
  readonly #timeout: number;
  readonly #running = new Set<Watched>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, timeout: number, signal: AbortSignal) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.signal = signal;
    onAbort(signal, () => this.#endAll());
  }

  /** Calls `end` once, with the reason, when time is up or the experiment ends, unless `done` is called before. */
  begin(what: string, end: (error: Error) => void): Watched {
    const watched = { due: this.#clock.now() + this.#timeout, what, end };
    this.#running.add(watched);
    if (this.#timeout > 0) this.#cancel ??= this.#clock.after(this.#timeout, () => this.#look());
    return watched;
  }

  done(watched: Watched): void {
    this.#running.delete(watched);
    if (this.#running.size === 0) this.#rest();
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    this.#cancel = undefined;
    const now = this.#clock.now();
    for (const watched of this.#running) {
      if (watched.due > now) {
        this.#cancel = this.#clock.after(watched.due - now, () => this.#look());
        return;
      }
      this.#running.delete(watched);
      watched.end(new TaskTimeoutError(`${watched.what} took longer than ${this.#timeout} ms`));
    }
  }

  #endAll(): void {
    this.#rest();
    for (const watched of this.#running) {
      this.#running.delete(watched);
      watched.end(abortError(this.signal));
    }
  }
}

export interface Limits {
  readonly watch: Watch;
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
 * Runs work that may ignore its signal: the answer comes when it is done, its time is up, or the experiment ends, whichever is first.
 * @throws TaskTimeoutError, AbortError, and whatever the work throws
 */
export function withinLimits<Result>(
  work: (stop: Stop) => Result | Promise<Result>,
  { watch, what }: Limits,
): Result | Promise<Result> {
  const { signal } = watch;
  if (signal.aborted) throw abortError(signal);
  const stop = new Stop();
  const result = work(stop);
  // What is done at once needs no watching.
  if (!isPromise(result)) return result;
  return new Promise<Result>((resolve, reject) => {
    const end = (error: Error): void => {
      stop.abort(error);
      reject(error);
    };
    // The work itself may have ended the experiment.
    if (signal.aborted) {
      end(abortError(signal));
      result.then(undefined, () => undefined);
      return;
    }
    const watched = watch.begin(what, end);
    result.then(
      (value) => {
        watch.done(watched);
        resolve(value);
      },
      () => {
        watch.done(watched);
        resolve(result);
      },
    );
  });
}

export function isPromise<Result>(result: Result | Promise<Result>): result is Promise<Result> {
  return typeof result === "object" && result !== null && typeof Reflect.get(result, "then") === "function";
}
