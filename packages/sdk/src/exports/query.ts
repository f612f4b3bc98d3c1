import { ConfigurationError, ValidationError } from "../errors/index.js";
import type { ValidationIssue } from "../errors/index.js";
import { isBlank } from "../is-blank.js";
import type { CallOptions } from "../transport/index.js";
import type { ExportRequest } from "./export-port.js";

/** How far an export has come. */
export interface ExportProgress {
  readonly rows: number;
  /** Rows in all, when the platform knows. */
  readonly totalRows: number | undefined;
}

/** Rows whose vectors are like those of given records, as the official clients ask for them (`spec/flight.md §3`). */
export interface SimilaritySearchParams {
  /** One to ten records to compare with, each by its id, its time, and the column that holds its vector. */
  readonly references: readonly {
    readonly predictionId: string;
    readonly referenceColumnName: string;
    readonly predictionTimestamp?: Date | undefined;
  }[];
  /** The column whose vectors are searched. */
  readonly searchColumnName: string;
  /** Least cosine similarity, from -1 to 1. */
  readonly threshold: number;
}

/** What to export (`spec/flight.md §4.2`). `timeout` is the longest wait for the next batch, not for the whole export. */
export interface ExportQuery extends CallOptions {
  /** Name of the model, for TRAINING, VALIDATION and PRODUCTION. Give this or `project`. */
  readonly model?: string | undefined;
  /** Name of the project whose spans are wanted. */
  readonly project?: string | undefined;
  /** Default PRODUCTION for a model; always TRACING for a project. */
  readonly environment?: "TRAINING" | "VALIDATION" | "PRODUCTION" | "TRACING" | undefined;
  /** Start included, end excluded (of a project's spans it is included); truncated to whole seconds. */
  readonly startTime: Date;
  readonly endTime: Date;
  /** Columns wanted, and `time`; all when absent or empty. */
  readonly columns?: readonly string[] | undefined;
  /** Filter in the platform's SQL-like grammar, e.g. `age > 30 and state = 'CA'`. */
  readonly where?: string | undefined;
  /** Only rows like these; not for spans. */
  readonly similaritySearchParams?: SimilaritySearchParams | undefined;
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

const ENVIRONMENTS: readonly string[] = ["TRAINING", "VALIDATION", "PRODUCTION", "TRACING"];

/** @throws ValidationError naming the argument; ConfigurationError without a space */
export function exportRequest(query: ExportQuery, defaultSpace: string | undefined): ExportRequest {
  const spaceId = query.spaceId ?? defaultSpace;
  if (spaceId === undefined)
    throw new ConfigurationError("No space to export from: pass { spaceId } or set ARIZE_SPACE_ID");
  const issues = [
    ...nameIssues(query),
    ...timeIssues(query),
    ...chunkIssues(query),
    ...similarityIssues(query.similaritySearchParams),
  ];
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
    similaritySearchParams: query.similaritySearchParams,
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
  if (environment !== undefined && !ENVIRONMENTS.includes(environment))
    yield { path: "environment", message: `is ${String(environment)}; give one of ${ENVIRONMENTS.join(", ")}` };
}

function* timeIssues({ startTime, endTime }: ExportQuery): Generator<ValidationIssue> {
  const start = startTime instanceof Date ? startTime.getTime() : Number.NaN;
  const end = endTime instanceof Date ? endTime.getTime() : Number.NaN;
  for (const [path, ms] of [["startTime", start], ["endTime", end]] as const) {
    if (Number.isNaN(ms)) yield { path, message: 'is no valid Date; give one, as new Date("2026-01-31")' };
    if (ms < FIRST_MS || ms > LAST_MS) yield { path, message: "lies outside the years 1 to 9999" };
  } // prettier-ignore
  if (start >= end) yield { path: "endTime", message: "must lie after startTime" };
  else if (Math.floor(start / 1000) === Math.floor(end / 1000))
    yield { path: "endTime", message: "lies in the same second as startTime; times are asked for in whole seconds" };
}

/** What a Timestamp on the wire can say. */
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

function* chunkIssues({ streamChunkSize }: ExportQuery): Generator<ValidationIssue> {
  if (streamChunkSize !== undefined && !(Number.isInteger(streamChunkSize) && streamChunkSize > 0))
    yield { path: "streamChunkSize", message: `is ${streamChunkSize}; give a whole number of rows above 0` };
}

function* similarityIssues(params: SimilaritySearchParams | undefined): Generator<ValidationIssue> {
  if (params === undefined) return;
  const at = (member: string): string => `similaritySearchParams.${member}`;
  const { references, searchColumnName, threshold } = params;
  if (!Array.isArray(references) || references.length < 1 || references.length > 10)
    yield { path: at("references"), message: "is no list of one to ten records" };
  else
    for (const [index, { predictionId, referenceColumnName }] of references.entries())
      if (isBlank(predictionId) || isBlank(referenceColumnName))
        yield { path: at(`references[${index}]`), message: "needs a predictionId and a referenceColumnName" };
  if (isBlank(searchColumnName))
    yield { path: at("searchColumnName"), message: "is blank; name the column of vectors" };
  if (!(threshold >= -1 && threshold <= 1))
    yield { path: at("threshold"), message: `is ${threshold}; give a number from -1 to 1` };
}
