import { PEOPLE_TABLES, type PeopleTables } from "./people.js";
import { ACCESS_TABLES, type AccessTables } from "./access.js";
import { DATASETS_TABLES, type DatasetsTables } from "./datasets.js";
import { EVALUATORS_TABLES, type EvaluatorsTables } from "./evaluators.js";
import { INTEGRATIONS_TABLES, type IntegrationsTables } from "./integrations.js";
import { PROMPTS_TABLES, type PromptsTables } from "./prompts.js";
import { RECORDS_TABLES, type RecordsTables } from "./records.js";
import { SESSIONS_TABLES, type SessionsTables } from "./sessions.js";
import { META_TABLES, type MetaTables } from "./meta.js";
import type { Definitions } from "./definition.js";

export type * from "./people.js";
export type * from "./access.js";
export type * from "./datasets.js";
export type * from "./evaluators.js";
export type * from "./integrations.js";
export type * from "./prompts.js";
export type * from "./records.js";
export type * from "./sessions.js";
export type * from "./meta.js";

export type Tables = PeopleTables &
  AccessTables &
  DatasetsTables &
  EvaluatorsTables &
  IntegrationsTables &
  PromptsTables &
  RecordsTables &
  SessionsTables &
  MetaTables;

export const TABLES: Definitions<Tables> = {
  ...PEOPLE_TABLES,
  ...ACCESS_TABLES,
  ...DATASETS_TABLES,
  ...EVALUATORS_TABLES,
  ...INTEGRATIONS_TABLES,
  ...PROMPTS_TABLES,
  ...RECORDS_TABLES,
  ...SESSIONS_TABLES,
  ...META_TABLES,
};
