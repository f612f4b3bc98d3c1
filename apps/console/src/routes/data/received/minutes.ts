import type { ReceivedRequest } from "@axlab/wire/console";
import { groupBy } from "../group-by.js";

export const MINUTES = 15;
const MINUTE_MS = 60_000;

/** What one key sent in the last minutes. */
export interface Sender {
  id: string;
  name: string;
  total: number;
  /** rows of each minute, the oldest first */
  perMinute: readonly number[];
}

/** Rows that were received, by key, the busiest first. What was exported counts for nothing. */
export function rowsByKey(requests: readonly ReceivedRequest[], now: number): Sender[] {
  const received = requests.filter(
    ({ rows, operation, at }) => rows !== null && rows > 0 && operation !== "DoGet" && minuteOf(at, now) < MINUTES,
  );
  return [...groupBy(received, ({ key }) => key?.id ?? "")]
    .map(([id, sent]): Sender => {
      const perMinute = Array.from({ length: MINUTES }, (_, index) =>
        sumOf(sent.filter(({ at }) => minuteOf(at, now) === MINUTES - 1 - index)),
      );
      const key = sent[0]?.key;
      return {
        id,
        name: key ? `${key.name} ${key.redacted_key}` : "No key that is still known",
        total: sumOf(sent),
        perMinute,
      };
    })
    .sort((a, b) => b.total - a.total);
}

/** How many minutes ago; 0 for the one that runs. */
export const minuteOf = (at: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(at)) / MINUTE_MS));

const sumOf = (requests: readonly ReceivedRequest[]): number =>
  requests.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
