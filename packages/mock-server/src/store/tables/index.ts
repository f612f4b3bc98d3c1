import { PEOPLE_TABLES, type PeopleTables } from "./people.js";
import { ACCESS_TABLES, type AccessTables } from "./access.js";
import { DATASETS_TABLES, type DatasetsTables } from "./datasets.js";
import { PROMPTS_TABLES, type PromptsTables } from "./prompts.js";
import { RECORDS_TABLES, type RecordsTables } from "./records.js";
import { META_TABLES, type MetaTables } from "./meta.js";
import type { Definitions } from "./definition.js";

export type * from "./people.js";
export type * from "./access.js";
export type * from "./datasets.js";
export type * from "./prompts.js";
export type * from "./records.js";
export type * from "./meta.js";

export type Tables = PeopleTables & AccessTables & DatasetsTables & PromptsTables & RecordsTables & MetaTables;

export const TABLES: Definitions<Tables> = {
  ...PEOPLE_TABLES,
  ...ACCESS_TABLES,
  ...DATASETS_TABLES,
  ...PROMPTS_TABLES,
  ...RECORDS_TABLES,
  ...META_TABLES,
};
