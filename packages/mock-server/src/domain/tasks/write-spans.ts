import { float64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { evaluationColumns, overlayRows, overlaySchema, writeOverlay } from "../spans/overlay.js";

/** By span id, whether the evaluator's check holds. */
export type Verdicts = Map<string, boolean>;

/** The columns that an uploaded evaluation has too, so that every reader sees them. */
export async function evaluateSpans(
  core: Core,
  caller: Caller,
  project: ProjectRow,
  name: string,
  verdicts: Verdicts,
): Promise<void> {
  if (verdicts.size === 0) return;
  const holds = [...verdicts.values()];
  const table = tableFromColumns({
    [SPAN_ID_COLUMN]: utf8Column([...verdicts.keys()]),
    [`eval.${name}.label`]: utf8Column(holds.map(String)),
    [`eval.${name}.score`]: float64Column(holds.map(Number)),
  });
  const schema = overlaySchema(table.schema, evaluationColumns);
  const now = core.clock.now();
  await writeOverlay(
    core,
    caller,
    project,
    schema,
    table.batches.map((batch) => overlayRows(batch, schema, now, () => true)),
  );
}
