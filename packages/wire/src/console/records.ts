import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";

/** What a project holds: spans, and records of the model of the same name (`spec/ingest.md §2`). */
export const ProjectEnvironment = z
  .enum(["TRACING", "PRODUCTION", "VALIDATION", "TRAINING", "CORPUS"])
  .meta({ id: "ConsoleProjectEnvironment" });
export type ProjectEnvironment = z.infer<typeof ProjectEnvironment>;

/** `GET /console/projects/{project_id}/environments`: those in which something lies that the caller may read. */
export const ProjectEnvironments = z
  .strictObject({ environments: z.array(ProjectEnvironment) })
  .meta({ id: "ConsoleProjectEnvironments" });
export type ProjectEnvironments = z.infer<typeof ProjectEnvironments>;

/** Spans have `POST /v2/spans`. */
export const ModelEnvironment = ProjectEnvironment.exclude(["TRACING"]).meta({ id: "ConsoleModelEnvironment" });
export type ModelEnvironment = z.infer<typeof ModelEnvironment>;

export const ListModelRecordsQuery = pageQuery(50, 500).extend({ environment: ModelEnvironment });

/** One record of a model by the columns of an export; missing values are null, instants RFC 3339. */
export const ModelRecord = z.record(z.string(), z.unknown()).meta({ id: "ConsoleModelRecord" });
export type ModelRecord = z.infer<typeof ModelRecord>;

/** `GET /console/projects/{project_id}/records`: newest first. Every record of a page has the same columns. */
export const ModelRecordPage = pageOf("records", ModelRecord).meta({ id: "ConsoleModelRecordPage" });
export type ModelRecordPage = z.infer<typeof ModelRecordPage>;
