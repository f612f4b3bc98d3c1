import { fieldsHiddenFrom, formatTimestamp, type ClientVersion } from "@axlab/wire";
import type { Annotation, Experiment, ExperimentRun } from "@axlab/wire/rest";
import type { ExperimentRow, ExperimentRunRow } from "../../store/tables/index.js";
import { readStoredObject } from "../rows.js";

/** `space_id` is kept from clients whose models refuse it (`spec/rest.md §1.5`). */
export function presentExperiment(
  row: ExperimentRow,
  client: ClientVersion | null,
): Omit<Experiment, "space_id"> & { space_id?: string } {
  const hidden = fieldsHiddenFrom(client, "Experiment");
  return {
    id: row.id,
    name: row.name,
    ...(!hidden.includes("space_id") && { space_id: row.space_id }),
    dataset_id: row.dataset_id,
    dataset_version_id: row.dataset_version_id,
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
    ...(row.traces_project_id !== null && { experiment_traces_project_id: row.traces_project_id }),
  };
}

/** Outputs that came by Flight may be numbers or lists; REST knows only text. */
export function presentRun(row: ExperimentRunRow, annotations: readonly Annotation[] | undefined): ExperimentRun {
  const { output, error, ...fields } = readStoredObject(row.data);
  return {
    ...fields,
    id: row.run_id,
    example_id: row.example_id,
    output: asText(output),
    error: asText(error),
    ...(annotations && { annotations: [...annotations] }),
  };
}

const asText = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);
