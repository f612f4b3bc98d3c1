import { formatTimestamp } from "@axlab/wire";
import type {
  Annotation,
  Dataset,
  DatasetExample,
  DatasetVersion,
  DatasetVersionWithExampleIds,
} from "@axlab/wire/rest";
import type { DatasetExampleRow, DatasetRow, DatasetVersionRow } from "../../store/tables/index.js";
import { readStoredObject } from "../rows.js";
import type { WrittenExamples } from "./changes.js";

export const presentDataset = (row: DatasetRow, versions?: readonly DatasetVersionRow[]): Dataset => ({
  id: row.id,
  name: row.name,
  space_id: row.space_id,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
  ...(versions && { versions: versions.map(presentVersion) }),
});

const presentVersion = (row: DatasetVersionRow): DatasetVersion => ({
  id: row.id,
  name: row.name,
  dataset_id: row.dataset_id,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
});

export const presentWritten = ({ dataset, version, ids }: WrittenExamples): DatasetVersionWithExampleIds => ({
  ...presentDataset(dataset),
  dataset_version_id: version.id,
  example_ids: ids,
});

/** The user's fields lie flat beside ours, which win. */
export function presentExample(row: DatasetExampleRow, annotations: readonly Annotation[] | undefined): DatasetExample {
  return Object.assign(readStoredObject(row.data), {
    id: row.example_id,
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
    ...(annotations && { annotations: [...annotations] }),
  });
}
