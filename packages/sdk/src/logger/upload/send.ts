import { ArizeError } from "../../errors/index.js";
import { isUnsettled } from "../../transport/index.js";
import { joinRanges, PartialUploadError } from "../errors.js";
import type { RowRange } from "../errors.js";
import type { UploadPart } from "./requests.js";

/** What has landed. */
export interface UploadTotals {
  readonly rows: number;
  readonly requests: number;
  readonly bytes: number;
  /** Rows in all, when the input knows. */
  readonly totalRows?: number | undefined;
}

/** What has landed so far. */
export interface UploadProgress extends UploadTotals {
  /** Rows of the request that has just landed: what a later run need not send again. */
  readonly landed: RowRange;
}

export interface SendOptions {
  /** Requests in flight at once. */
  readonly concurrency: number;
  readonly totalRows?: number | undefined;
  /** Whether rows carry an id that makes a repeat harmless. */
  readonly mergesById: boolean;
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/**
 * Sends parts as they come, a few at a time; the producer waits while all places are taken. The first failure stops the
 * rest: requests in flight are waited for, and the error says which rows landed.
 * @throws the failure itself when certainly nothing landed, else PartialUploadError
 */
export async function sendParts(
  parts: AsyncIterable<UploadPart>,
  send: (part: UploadPart) => Promise<void>,
  options: SendOptions,
): Promise<UploadTotals> {
  const landed: RowRange[] = [];
  const refused: RowRange[] = [];
  const uncertain: RowRange[] = [];
  const inFlight = new Set<Promise<void>>();
  const progress = { rows: 0, requests: 0, bytes: 0, totalRows: options.totalRows };
  let failure: { readonly cause: unknown } | undefined;
  let cut = 0;

  const start = (part: UploadPart): void => {
    const range = { start: part.firstRow, end: part.firstRow + part.rows };
    cut = range.end;
    const sending = send(part)
      .then(
        () => {
          landed.push(range);
          progress.rows += part.rows;
          progress.requests += 1;
          progress.bytes += part.body.byteLength;
          // A body whose request failed may still be on its way out, so only those that landed are used again.
          part.release();
          options.onProgress?.({ ...progress, landed: range });
        },
        (cause: unknown) => {
          failure ??= { cause };
          (mayHaveLanded(cause) ? uncertain : refused).push(range);
        },
      )
      // A progress callback that throws ends the upload; its rows have landed all the same.
      .catch((cause: unknown) => {
        failure ??= { cause };
      });
    const settled: Promise<void> = sending.finally(() => inFlight.delete(settled));
    inFlight.add(settled);
  };

  try {
    for await (const part of parts) {
      if (failure !== undefined) break;
      start(part);
      while (inFlight.size >= options.concurrency && failure === undefined) await Promise.race(inFlight);
    }
  } catch (cause) {
    failure ??= { cause };
  }
  await Promise.all(inFlight);
  if (failure === undefined) return { ...progress };
  // Of several refusals the first is told; they are nearly always the same.
  if (landed.length === 0 && uncertain.length === 0) throw failure.cause;
  const rest: RowRange[] = options.totalRows === cut ? [] : [{ start: cut, end: options.totalRows ?? null }];
  throw new PartialUploadError(
    { landed: joinRanges(landed), missing: joinRanges([...refused, ...rest]), uncertain: joinRanges(uncertain) },
    failure.cause,
    options.mergesById,
  );
}

// What is no error of ours came after the request was sent: from reading its answer.
const mayHaveLanded = (cause: unknown): boolean => isUnsettled(cause) || !(cause instanceof ArizeError);
