import { BATCHES } from "./batches.js";
import type { ParityCase } from "./case.js";
import { RECORDS } from "./records.js";
import { SPANS } from "./spans.js";

export type { BatchCase, OfficialClient, ParityCase, RecordCase, SpanCase } from "./case.js";

/** Everything that is sent through each client. */
export const CASES: readonly ParityCase[] = [...BATCHES, ...SPANS, ...RECORDS];
