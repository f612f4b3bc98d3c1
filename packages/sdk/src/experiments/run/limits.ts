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

/**
 * Runs work that may ignore its signal: the answer comes when it is done, its time is up, or the caller aborts, whichever is first.
 * @throws TaskTimeoutError, AbortError, and whatever the work throws
 */
export async function withinLimits<Result>(
  work: (signal: AbortSignal) => Result | Promise<Result>,
  limits: Limits,
): Promise<Result> {
  const { clock, timeout, signal, what } = limits;
  if (signal?.aborted) throw abortError(signal);
  const stop = new AbortController();
  const releases: (() => void)[] = [];
  const cut = new Promise<never>((_, reject) => {
    const end = (error: Error) => {
      stop.abort(error);
      reject(error);
    };
    releases.push(onAbort(signal, () => end(abortError(signal))));
    if (timeout > 0)
      releases.push(clock.after(timeout, () => end(new TaskTimeoutError(`${what} took longer than ${timeout} ms`))));
  });
  try {
    return await Promise.race([Promise.resolve().then(() => work(stop.signal)), cut]);
  } finally {
    for (const release of releases) release();
  }
}
