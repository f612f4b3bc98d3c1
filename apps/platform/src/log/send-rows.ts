import { PartialUploadError } from "@axlab/sdk";
import type { TabularFile } from "@axlab/sdk/files";
import { asError } from "./failure.js";
import type { Interrupt } from "./interrupt.js";
import type { LogRun } from "./log.js";
import { Progress } from "./progress.js";
import { count } from "./ranges.js";
import type { Rows } from "./shard.js";

export interface Outcome {
  readonly rows: number;
  readonly requests: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly url?: string | undefined;
  readonly stopped: boolean;
  readonly failure?: Error | undefined;
}

/** Sends the rows that have not landed, writing down each request that has. Never throws what a request threw. */
export async function sendRows(
  file: TabularFile,
  missing: readonly Rows[],
  { client, logOptions, state, mergesById }: LogRun,
  interrupt: Interrupt,
): Promise<Outcome> {
  const started = performance.now();
  const before = count(state.landed);
  const bar = new Progress("logging", before + count(missing), before);
  const sum = { rows: 0, requests: 0, bytes: 0 };
  const ended = (more: Partial<Outcome> = {}): Outcome => ({
    ...sum,
    seconds: (performance.now() - started) / 1000,
    stopped: interrupt.asked,
    ...more,
  });
  let url: string | undefined;
  try {
    for (const range of missing) {
      if (interrupt.asked) break;
      const begun = { ...sum };
      const result = await client.logger.log(untilStopped(file, range, interrupt, logOptions.rowsPerRequest), {
        ...logOptions,
        signal: interrupt.signal,
        onProgress: ({ landed, ...done }) => {
          sum.rows = begun.rows + done.rows;
          sum.requests = begun.requests + done.requests;
          sum.bytes = begun.bytes + done.bytes;
          bar.update(sum.rows, sum.bytes);
          // An end is null only for rows that were never cut into a request.
          const rows = { start: range.start + landed.start, end: range.start + (landed.end ?? landed.start) };
          // A disk that is full is found out by `written`, after what is under way has landed.
          state.add(rows).catch(() => undefined);
        },
      }); // prettier-ignore
      url ??= result.url;
      if (state.uncertainFrom !== undefined) state.setUncertain(undefined).catch(() => undefined);
    }
    return ended({ url });
  } catch (error) {
    const failure = asError(error);
    if (!mergesById && failure instanceof PartialUploadError && failure.uncertain.length > 0)
      state.setUncertain(firstMissing(missing, state.landed)).catch(() => undefined);
    return ended({ url, failure });
  } finally {
    bar.stop();
  }
}

/** The rows of a range, no more at a time than a request takes; after Ctrl-C, as many of them as are on their way. */
function untilStopped(file: TabularFile, { start, end }: Rows, interrupt: Interrupt, atOnce = Infinity): TabularFile {
  const batches: TabularFile["batches"] = async function* (options) {
    for await (const batch of file.batches({ ...options, start, end }))
      for (let row = 0; row < batch.numRows; row += atOnce) {
        if (interrupt.asked) return;
        yield batch.numRows <= atOnce ? batch : batch.slice(row, Math.min(row + atOnce, batch.numRows));
      }
  };
  return { ...file, rows: end - start, batches, [Symbol.asyncIterator]: () => batches() };
}

const firstMissing = (missing: readonly Rows[], landed: readonly Rows[]): number => {
  const [first] = missing;
  const after = landed.find((range) => range.start <= (first?.start ?? 0) && range.end > (first?.start ?? 0));
  return after?.end ?? first?.start ?? 0;
};
