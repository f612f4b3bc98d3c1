import { ConfigurationError } from "../../errors/index.js";
import type { TabularData } from "../../adapters/index.js";
import type { LogResult } from "../log-options.js";
import { sendBatches } from "../upload/upload.js";
import type { LoggerContext } from "../upload/upload.js";
import { checkedUpload } from "./log-spans.js";
import type { SpanOptions } from "./log-spans.js";
import { ANNOTATIONS, EVALUATIONS, METADATA } from "./table-kinds.js";
import { isSpanUpdatePort } from "./update-port.js";
import type { SpanUpdateError, SpanUpdateKind } from "./update-port.js";

/** What came of evaluations, annotations or metadata that were written over Flight. */
export interface SpanUpdateResult extends LogResult {
  /** Spans that were changed. */
  readonly updated: number;
  /** Ids of the input that match no span of the project: their rows changed nothing. */
  readonly unmatchedIds: readonly string[];
  /** Spans the platform refused to change one by one, with its reasons; only metadata has any. */
  readonly errors: readonly SpanUpdateError[];
}

const KINDS = { evaluations: EVALUATIONS, annotations: ANNOTATIONS, metadata: METADATA } as const;

/** Checks a table about spans and writes it by Flight DoPut (`spec/flight.md §9`); behind `Logger`, where it is documented. */
export async function updateSpans(
  client: LoggerContext,
  kind: SpanUpdateKind,
  data: TabularData,
  options: SpanOptions,
): Promise<SpanUpdateResult> {
  const upload = await checkedUpload(client, KINDS[kind], data, options);
  const flight = await client.flight();
  if (!isSpanUpdatePort(flight))
    throw new ConfigurationError("This Flight client cannot update spans; leave the option `flight` out");
  const unmatchedIds: string[] = [];
  const errors: SpanUpdateError[] = [];
  let updated = 0;
  const { spaceId } = upload;
  const sent = await sendBatches(client, upload, options, async ({ body }) => {
    const update = { kind, spaceId, project: options.project, stream: body };
    const reply = await flight.updateSpans(update, {
      signal: options.signal,
      timeout: options.timeout ?? client.config.timeout,
    });
    updated += reply.updated;
    unmatchedIds.push(...reply.unmatchedIds);
    errors.push(...reply.errors);
  });
  return { ...sent, updated, unmatchedIds, errors };
}
