import { TaskTimeoutError } from "../../errors/experiments.js";
import { onAbort } from "../../transport/abort.js";
import { abortError, type Clock } from "../../transport/clock.js";

export interface Limits {
  readonly clock: Clock;
  /** Milliseconds; 0 is no limit. */
  readonly timeout: number;
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
export async function withinLimits<Result>(
  work: (stop: Stop) => Result | Promise<Result>,
  { clock, timeout, signal, what }: Limits,
): Promise<Result> {
  if (signal?.aborted) throw abortError(signal);
  const stop = new Stop();
  const result = work(stop);
  // What is done at once needs no watching.
  if (!isPromise(result)) return result;
  const releases: (() => void)[] = [];
  const cut = new Promise<never>((_, reject) => {
    const end = (error: Error) => {
      stop.abort(error);
      reject(error);
    };
    if (signal?.aborted) return end(abortError(signal));
    releases.push(onAbort(signal, () => end(abortError(signal))));
    if (timeout > 0)
      releases.push(clock.after(timeout, () => end(new TaskTimeoutError(`${what} took longer than ${timeout} ms`))));
  });
  try {
    return await Promise.race([result, cut]);
  } finally {
    for (const release of releases) release();
  }
}

function isPromise<Result>(result: Result | Promise<Result>): result is Promise<Result> {
  return typeof result === "object" && result !== null && typeof Reflect.get(result, "then") === "function";
}
