import type { BatchFacts } from "./segments.js";

/** What was deleted by time: what had been accepted before upload `seq` and lay in the window, `start` included, `end` not. */
export interface Erasure {
  seq: number;
  start: number;
  end: number;
}

export const erases = ({ start, end }: Erasure, ms: number): boolean => ms >= start && ms < end;

const later = (erasures: readonly Erasure[], { segment }: BatchFacts): Erasure[] =>
  erasures.filter(({ seq }) => seq > segment.upload.seq);

/** Whether a batch that shares no id with another lies in a window as a whole. */
export const isErased = (erasures: readonly Erasure[], facts: BatchFacts): boolean =>
  later(erasures, facts).some((erasure) => erases(erasure, facts.minTime) && erases(erasure, facts.maxTime));

/** Whether such a batch keeps all of its rows. */
export const isKept = (erasures: readonly Erasure[], facts: BatchFacts): boolean =>
  later(erasures, facts).every(({ start, end }) => facts.maxTime < start || facts.minTime >= end);
