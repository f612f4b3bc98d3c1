import type { Core } from "../../core.js";
import { findRecords } from "../records/export/lookup.js";
import { TIME_COLUMN } from "../records/time-column.js";
import type { Window } from "./window.js";

/** Those of the ids whose span began in the window. @param endIncluded whether a span at its very end counts */
export async function spansWithin(
  core: Core,
  projectId: string,
  ids: readonly string[],
  { start, end }: Window,
  endIncluded = false,
): Promise<Set<string>> {
  const times = await findRecords(core, projectId, "TRACING", ids, TIME_COLUMN);
  return new Set(
    ids.filter((id) => {
      const ms = times.get(id);
      return typeof ms === "number" && ms >= start && (ms < end || (endIncluded && ms === end));
    }),
  );
}
