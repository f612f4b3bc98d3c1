import { PEOPLE_TABLES, type PeopleTables } from "./people.js";
import { ACCESS_TABLES, type AccessTables } from "./access.js";
import { DATASETS_TABLES, type DatasetsTables } from "./datasets.js";
import { ANNOTATION_QUEUES_TABLES, type AnnotationQueuesTables } from "./annotation-queues.js";
import { EVALUATORS_TABLES, type EvaluatorsTables } from "./evaluators.js";
import { INTEGRATIONS_TABLES, type IntegrationsTables } from "./integrations.js";
import { PROMPTS_TABLES, type PromptsTables } from "./prompts.js";
import { RECORDS_TABLES, type RecordsTables } from "./records.js";
import { SESSIONS_TABLES, type SessionsTables } from "./sessions.js";
import { MONITORS_TABLES, type MonitorsTables } from "./monitors.js";
import { DASHBOARDS_TABLES, type DashboardsTables } from "./dashboards.js";
import { IMPORT_JOBS_TABLES, type ImportJobsTables } from "./import-jobs.js";
import { TAGS_TABLES, type TagsTables } from "./tags.js";
import { TASKS_TABLES, type TasksTables } from "./tasks.js";
import { META_TABLES, type MetaTables } from "./meta.js";
import type { Definitions } from "./definition.js";

export type * from "./people.js";
export type * from "./access.js";
export type * from "./datasets.js";
export type * from "./annotation-queues.js";
export type * from "./evaluators.js";
export type * from "./integrations.js";
export type * from "./prompts.js";
export type * from "./records.js";
export type * from "./sessions.js";
export type * from "./monitors.js";
export type * from "./dashboards.js";
export type * from "./import-jobs.js";
export type * from "./tags.js";
export type * from "./tasks.js";
export type * from "./meta.js";

export type Tables = PeopleTables &
  AccessTables &
  DatasetsTables &
  AnnotationQueuesTables &
  EvaluatorsTables &
  IntegrationsTables &
  PromptsTables &
  RecordsTables &
  SessionsTables &
  MonitorsTables &
  DashboardsTables &
  ImportJobsTables &
  TagsTables &
  TasksTables &
  MetaTables;

export const TABLES: Definitions<Tables> = {
  ...PEOPLE_TABLES,
  ...ACCESS_TABLES,
  ...DATASETS_TABLES,
  ...ANNOTATION_QUEUES_TABLES,
  ...EVALUATORS_TABLES,
  ...INTEGRATIONS_TABLES,
  ...PROMPTS_TABLES,
  ...RECORDS_TABLES,
  ...SESSIONS_TABLES,
  ...MONITORS_TABLES,
  ...DASHBOARDS_TABLES,
  ...IMPORT_JOBS_TABLES,
  ...TAGS_TABLES,
  ...TASKS_TABLES,
  ...META_TABLES,
};
