import type { Definitions } from "./definition.js";

export interface AnnotationQueueRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  instructions: string | null;
  assignment_method: "ALL" | "RANDOM";
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface AnnotationQueueConfigRow {
  queue_id: string;
  config_id: string;
  position: number;
}
export interface AnnotationQueueAnnotatorRow {
  queue_id: string;
  user_id: string;
  position: number;
}
/** A span, a trace (as its root span) or an example that waits in a queue. What it holds stays where it lies. */
export interface AnnotationQueueRecordRow {
  id: string;
  seq: number;
  queue_id: string;
  source_type: "SPANS" | "DATASET";
  /** "" for an example */
  granularity: "SPAN" | "TRACE" | "";
  /** the project, or the dataset version */
  owner: string;
  /** span id or example id */
  record_id: string;
  /** when the span was looked for, so that it is found again; null for an example */
  start_time: number | null;
  end_time: number | null;
  created_at: number;
}
export interface AnnotationQueueAssignmentRow {
  record_id: string;
  user_id: string;
  status: "PENDING" | "COMPLETED";
}

export interface AnnotationQueuesTables {
  annotation_queues: AnnotationQueueRow;
  annotation_queue_configs: AnnotationQueueConfigRow;
  annotation_queue_annotators: AnnotationQueueAnnotatorRow;
  annotation_queue_records: AnnotationQueueRecordRow;
  annotation_queue_assignments: AnnotationQueueAssignmentRow;
}

export const ANNOTATION_QUEUES_TABLES: Definitions<AnnotationQueuesTables> = {
  annotation_queues: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, instructions text?, assignment_method text,
      created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["space_id", "updated_at", "seq"]],
  },
  annotation_queue_configs: {
    columns: `queue_id text, config_id text, position integer`,
    key: ["queue_id", "config_id"],
    index: [["config_id"]],
  },
  annotation_queue_annotators: {
    columns: `queue_id text, user_id text, position integer`,
    key: ["queue_id", "user_id"],
  },
  annotation_queue_records: {
    columns: `
      id text, seq integer, queue_id text, source_type text, granularity text, owner text, record_id text,
      start_time integer?, end_time integer?, created_at integer`,
    key: ["id"],
    unique: [["queue_id", "owner", "record_id", "granularity"]],
    index: [["queue_id", "seq"], ["owner"]],
  },
  annotation_queue_assignments: {
    columns: `record_id text, user_id text, status text`,
    key: ["record_id", "user_id"],
  },
};
