import { createContext, Script } from "node:vm";
import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";

const LIMIT_MS = 100;
const script = new Script("new RegExp(pattern, 'u').test(text)");
const context = createContext({ __proto__: null });

/**
 * Whether somebody's own expression matches a text. A backtracking one can take longer than the universe is old, and this platform has
 * one thread: it is stopped after 100 ms, which is five orders of magnitude above what an ordinary one takes.
 * @throws InvalidRequestError when it was stopped
 */
export function matchesWithin(pattern: string, text: string): boolean {
  Object.assign(context, { pattern, text });
  try {
    return Boolean(script.runInContext(context, { timeout: LIMIT_MS }));
  } catch (error) {
    // Not `instanceof Error`: it is an Error of the context it was thrown in.
    const timedOut = z.object({ code: z.literal("ERR_SCRIPT_EXECUTION_TIMEOUT") }).safeParse(error).success;
    if (!timedOut) throw error;
    throw new InvalidRequestError(
      `The expression /${pattern}/ took longer than ${LIMIT_MS} ms on a text of ${text.length} characters; write it without nested repetitions such as (a+)+.`,
    );
  } finally {
    Object.assign(context, { pattern: "", text: "" });
  }
}
