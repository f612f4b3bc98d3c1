import { AbortError } from "../errors/client.js";
import { onAbort } from "./abort.js";

/** Time, injected so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` once after `ms`; the answer cancels it. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits, or fails with AbortError as soon as the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
    const cancel = clock.after(ms, () => {
      release();
      resolve();
    });
    const release = onAbort(signal, () => {
      cancel();
      reject(abortError(signal));
    });
  });
}

/** The caller's reason as text, if it says more than that something was aborted. */
export function abortError(signal?: AbortSignal): AbortError {
  const reason: unknown = signal?.reason;
  const said = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  return new AbortError(
    said && !/operation was aborted/i.test(said) ? `The call was aborted: ${said}` : "The call was aborted",
  );
}
