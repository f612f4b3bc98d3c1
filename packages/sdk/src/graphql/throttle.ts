import type { ClientContext } from "../context.js";
import { sleep } from "../transport/clock.js";
import { DEFAULT_DELAYS } from "../transport/retry.js";
import type { RawResult } from "./execute.js";

/** The one code that the live API is known to give (`spec/graphql.md` §2). */
const TOO_MANY = "TOO_MANY_REQUESTS";

/** AX answers a full bucket with HTTP 200 and an error; nothing was carried out, so a document that only reads is run again. */
export async function patiently(
  { clock, config }: ClientContext,
  signal: AbortSignal | undefined,
  run: () => Promise<RawResult>,
): Promise<RawResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await run();
    if (!isThrottled(result) || attempt > config.maxRetries) return result;
    const { baseDelay, maxDelay } = DEFAULT_DELAYS;
    await sleep(clock, Math.min(maxDelay, baseDelay * 2 ** attempt), signal);
  }
}

const isThrottled = ({ data, errors = [] }: RawResult): boolean =>
  (data === null || data === undefined) &&
  errors.length > 0 &&
  errors.every(({ extensions }) => extensions?.code === TOO_MANY);
