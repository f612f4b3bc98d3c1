import type { Definitions } from "./definition.js";

export interface DatasetRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  created_at: number;
  updated_at: number;
}
export interface DatasetVersionRow {
  id: string;
  seq: number;
  dataset_id: string;
  name: string;
  /** JSON: [{name, kind}] in the order in which they came, as domain/columns reads it; empty: not known */
  columns: string;
  created_at: number;
  updated_at: number;
}
export interface DatasetExampleRow {
  version_id: string;
  example_id: string;
  position: number;
  /** JSON object of the user's fields */
  data: string;
  created_at: number;
  updated_at: number;
}
export interface ExperimentRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  dataset_id: string | null;
  dataset_version_id: string | null;
  /** what the name is unique in: the dataset, or the space of an experiment without one */
  scope_id: string;
  name: string;
  traces_project_id: string | null;
  created_at: number;
  updated_at: number;
  /** of its runs, as those of a dataset's version; null: not known */
  columns: string | null;
}
export interface ExperimentRunRow {
  experiment_id: string;
  run_id: string;
  position: number;
  example_id: string | null;
  /** JSON object of output, error and every other field */
  data: string;
  created_at: number;
}
/** An upload that is being received. Its rows lie in dataset_examples or experiment_runs under `owner`, which nothing refers to yet. */
export interface StagedUploadRow {
  owner: string;
  /** JSON of the receiving process: host, pid, run */
  process: string;
  touched_at: number;
}
export interface AnnotationRow {
  /** the annotated record: `<version id>/<example id>`, `<experiment id>/<run id>`, `<project id>/<span id>` */
  record: string;
  name: string;
  score: number | null;
  label: string | null;
  text: string | null;
  annotator_id: string;
  updated_at: number;
}
export interface AnnotationConfigRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  type: "CONTINUOUS" | "CATEGORICAL" | "FREEFORM";
  /** JSON of the fields that only this type has */
  settings: string;
  created_at: number;
}

export interface DatasetsTables {
  datasets: DatasetRow;
  dataset_versions: DatasetVersionRow;
  dataset_examples: DatasetExampleRow;
  experiments: ExperimentRow;
  experiment_runs: ExperimentRunRow;
  staged_uploads: StagedUploadRow;
  annotations: AnnotationRow;
  annotation_configs: AnnotationConfigRow;
}

export const DATASETS_TABLES: Definitions<DatasetsTables> = {
  datasets: {
    columns: `id text, seq integer, account_id text, space_id text, name text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
  dataset_versions: {
    columns: `id text, seq integer, dataset_id text, name text, columns text, created_at integer, updated_at integer`,
    key: ["id"],
    index: [["dataset_id", "seq"]],
  },
  dataset_examples: {
    columns: `version_id text, example_id text, position integer, data text, created_at integer, updated_at integer`,
    key: ["version_id", "example_id"],
    unique: [["version_id", "position"]],
  },
  experiments: {
    columns: `
      id text, seq integer, account_id text, space_id text, dataset_id text?, dataset_version_id text?,
      scope_id text, name text, traces_project_id text?, created_at integer, updated_at integer,
      columns text?`,
    key: ["id"],
    unique: [["scope_id", "name"]],
    index: [
      ["space_id", "seq"],
      ["dataset_id", "seq"],
    ],
  },
  experiment_runs: {
    columns: `experiment_id text, run_id text, position integer, example_id text?, data text, created_at integer`,
    key: ["experiment_id", "run_id"],
    unique: [["experiment_id", "position"]],
  },
  staged_uploads: {
    columns: `owner text, process text, touched_at integer`,
    key: ["owner"],
  },
  annotations: {
    columns: `record text, name text, score real?, label text?, text text?, annotator_id text, updated_at integer`,
    key: ["record", "name"],
  },
  annotation_configs: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, type text, settings text,
      created_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
};
