import type { Similarity, SimilaritySearch } from "../similarity.js";
import type { Predicate } from "./predicate.js";

/** What an export asks for. Times are milliseconds since 1970. */
export interface RecordQuery {
  environment: string;
  start: number | null;
  end: number | null;
  /** whether a record at `end` itself belongs to it: so for spans, not so for records (`spec/flight.md §4.2`) */
  endIncluded: boolean;
  modelVersion: string | null;
  batchId: string | null;
  includeActuals: boolean;
  /** none: all of them */
  columns: readonly string[];
  filter: Predicate | null;
  similar: Similarity | null;
  /** most rows in one batch; null for as many as fit */
  chunkRows: number | null;
}

/** A query whose references, if it has any, are still to be looked up. */
export interface UnresolvedQuery extends Omit<RecordQuery, "similar"> {
  similarTo?: SimilaritySearch | undefined;
}

/** All of an environment, whole. */
export const everyRecord = (environment: string): RecordQuery => ({
  environment,
  start: null,
  end: null,
  endIncluded: false,
  modelVersion: null,
  batchId: null,
  includeActuals: true,
  columns: [],
  filter: null,
  similar: null,
  chunkRows: null,
});

export const within = ({ start, end, endIncluded }: RecordQuery, ms: number): boolean =>
  (start === null || ms >= start) && (end === null || ms < end || (endIncluded && ms === end));
