import type { Definitions } from "./definition.js";

export interface ProjectRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  /** the wire's ModelType name of the first upload, or GENERATIVE_LLM for a tracing project */
  model_type: string;
  created_at: number;
  updated_at: number;
}
/** One accepted upload of records. Its batches lie in record_batches, already under the names and in the order they are exported in. */
export interface RecordUploadRow {
  id: string;
  /** order of acceptance, 0 while receiving: what came later completes and overwrites what came before */
  seq: number;
  account_id: string;
  space_id: string;
  /** "" while receiving */
  project_id: string;
  environment: string;
  /**
   * whether its rows are records of their own, only complete records that others brought (evaluations of spans), or take away what came
   * before under their ids; an erasure has no rows and takes away what came before from `min_time` on, before `max_time`
   */
  kind: "records" | "overlay" | "deletion" | "erasure";
  /** whose `time` wins when records are merged: 2 a prediction's, 1 another given one, 0 the instant of reception */
  time_rank: number;
  model_version: string | null;
  batch_id: string | null;
  /** "receiving" until every batch is in; a reader sees only "ready" */
  state: "receiving" | "ready";
  rows: number;
  bytes: number;
  /** base64 of public.Schema, as it was sent */
  schema: string;
  /** the flatbuffer of the Arrow schema message that the batches are stored under */
  arrow_schema: Uint8Array;
  min_time: number | null;
  max_time: number | null;
  key_id: string | null;
  received_at: number;
}
/** One Arrow message: at most 8192 rows and, unless a single row is larger, below 4 MiB. */
export interface RecordBatchRow {
  upload_id: string;
  ordinal: number;
  rows: number;
  min_time: number;
  max_time: number;
  /** a Float64Array with a hash of each row's id; null when the ids were made here, so that no two are alike */
  keys: Uint8Array | null;
  header: Uint8Array;
  body: Uint8Array;
}

export interface RecordsTables {
  projects: ProjectRow;
  record_uploads: RecordUploadRow;
  record_batches: RecordBatchRow;
}

export const RECORDS_TABLES: Definitions<RecordsTables> = {
  projects: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, model_type text, created_at integer,
      updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
  record_uploads: {
    columns: `
      id text, seq integer, account_id text, space_id text, project_id text, environment text, kind text,
      time_rank integer, model_version text?, batch_id text?, state text, rows integer, bytes integer,
      schema text, arrow_schema blob, min_time integer?, max_time integer?, key_id text?, received_at integer`,
    key: ["id"],
    index: [["project_id", "environment", "seq"]],
  },
  record_batches: {
    columns: `
      upload_id text, ordinal integer, rows integer, min_time integer, max_time integer, keys blob?,
      header blob, body blob`,
    key: ["upload_id", "ordinal"],
  },
};
