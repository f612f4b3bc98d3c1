import { ConfigurationError, ValidationError } from "../errors/index.js";
import type { ValidationIssue } from "../errors/index.js";
import type { CallOptions } from "../transport/index.js";
import type { ExportRequest } from "./export-port.js";

/** How far an export has come. */
export interface ExportProgress {
  readonly rows: number;
  /** Rows in all, when the platform knows. */
  readonly totalRows: number | undefined;
}

/** What to export (`spec/flight.md §4.2`). `timeout` is the longest wait for the next batch, not for the whole export. */
export interface ExportQuery extends CallOptions {
  /** Name of the model, for TRAINING, VALIDATION and PRODUCTION. Give this or `project`. */
  readonly model?: string | undefined;
  /** Name of the project whose spans are wanted. */
  readonly project?: string | undefined;
  /** Default PRODUCTION for a model; always TRACING for a project. */
  readonly environment?: "TRAINING" | "VALIDATION" | "PRODUCTION" | "TRACING" | undefined;
  /** Start included, end excluded; truncated to whole seconds. */
  readonly startTime: Date;
  readonly endTime: Date;
  /** Columns wanted; all when absent. */
  readonly columns?: readonly string[] | undefined;
  /** Filter in the platform's SQL-like grammar, e.g. `age > 30 and state = 'CA'`. */
  readonly where?: string | undefined;
  /** Whether actuals that arrived later are joined in. Default false. */
  readonly includeActuals?: boolean | undefined;
  readonly modelVersion?: string | undefined;
  readonly batchId?: string | undefined;
  /** Rows of a batch the platform sends, a hint. */
  readonly streamChunkSize?: number | undefined;
  /** Space to export from; default is the client's. */
  readonly spaceId?: string | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}

/** @throws ValidationError naming the argument; ConfigurationError without a space */
export function exportRequest(query: ExportQuery, defaultSpace: string | undefined): ExportRequest {
  const spaceId = query.spaceId ?? defaultSpace;
  if (spaceId === undefined)
    throw new ConfigurationError("No space to export from: pass { spaceId } or set ARIZE_SPACE_ID");
  const issues = [...nameIssues(query), ...timeIssues(query), ...chunkIssues(query)];
  if (issues.length > 0) throw new ValidationError("The export cannot be asked for", issues);
  return {
    spaceId,
    modelId: query.project ?? query.model ?? "",
    environment: query.project === undefined ? (query.environment ?? "PRODUCTION") : "TRACING",
    startTime: query.startTime,
    endTime: query.endTime,
    modelVersion: query.modelVersion,
    batchId: query.batchId,
    includeActuals: query.includeActuals,
    filterExpression: query.where,
    projectedColumns: query.columns,
    streamChunkSize: query.streamChunkSize,
  };
}

function* nameIssues({ model, project, environment }: ExportQuery): Generator<ValidationIssue> {
  if ((model === undefined) === (project === undefined))
    yield { path: "model", message: "give either model or project, by name" };
  if ((model ?? project ?? "x").trim() === "")
    yield { path: model === undefined ? "project" : "model", message: "is blank; give a name" };
  if (project !== undefined && environment !== undefined && environment !== "TRACING")
    yield {
      path: "environment",
      message: `is ${environment}, but a project holds spans; leave it out or give model instead`,
    };
}

function* timeIssues({ startTime, endTime }: ExportQuery): Generator<ValidationIssue> {
  const start = startTime instanceof Date ? startTime.getTime() : Number.NaN;
  const end = endTime instanceof Date ? endTime.getTime() : Number.NaN;
  if (Number.isNaN(start)) yield { path: "startTime", message: "is no valid Date" };
  if (Number.isNaN(end)) yield { path: "endTime", message: "is no valid Date" };
  if (start >= end) yield { path: "endTime", message: "must lie after startTime" };
}

function* chunkIssues({ streamChunkSize }: ExportQuery): Generator<ValidationIssue> {
  if (streamChunkSize !== undefined && !(Number.isInteger(streamChunkSize) && streamChunkSize > 0))
    yield { path: "streamChunkSize", message: `is ${streamChunkSize}; give a whole number of rows above 0` };
}
