import { ApiError } from "../errors/api.js";
import { AbortError, ConnectionError } from "../errors/client.js";
import { NEVER_SENT, PERMANENT } from "./retry.js";

const unsettled = new WeakSet<Error>();

/** Notes that the server may have acted on one of the attempts that ended in this error. */
export function markUnsettled<T>(error: T): T {
  if (error instanceof Error) unsettled.add(error);
  return error;
}

/**
 * Whether the server may have acted on the request behind an error of the transport or of Flight, on whichever attempt: one was sent, and
 * neither confirmed nor clearly refused.
 */
export const isUnsettled = (error: unknown): boolean => error instanceof Error && unsettled.has(error);

/** Whether one HTTP attempt that failed so may have been acted on. `retryAfter`: the server said "not now". */
export function leavesOpen(failure: Error, retryAfter: number | undefined): boolean {
  if (failure instanceof AbortError) return true;
  if (failure instanceof ConnectionError)
    return failure.code === undefined || !(NEVER_SENT.has(failure.code) || PERMANENT.test(failure.code));
  if (!(failure instanceof ApiError)) return false;
  return failure.status >= 500 && failure.status !== 501 && !(failure.status === 503 && retryAfter !== undefined);
}
