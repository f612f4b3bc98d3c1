import {
  RecordQueryDescriptor_Environment as Environment,
  timestampMs,
  type RecordQueryDescriptor,
  type Timestamp,
} from "@axlab/wire/flight";
import { InvalidRequestError } from "../../errors.js";
import type { UnresolvedQuery } from "../../domain/records/export/query.js";
import { parseFilter } from "../../domain/records/filter/parse.js";
import { similaritySearchOf } from "./similarity.js";

/** The documented most rows a client may ask for in one chunk. */
const MAX_CHUNK_ROWS = 5000;

/** @throws InvalidRequestError naming the field that cannot be answered */
export function recordQueryOf(descriptor: RecordQueryDescriptor): UnresolvedQuery {
  const { environment, similaritySearchParams, startTime, endTime } = descriptor;
  if (descriptor.spaceId === "") throw new InvalidRequestError("spaceId: missing; send the id of the space.");
  if (descriptor.modelId === "")
    throw new InvalidRequestError("modelId: missing; send the name of the model or project.");
  if (environment === Environment.UNKNOWN)
    throw new InvalidRequestError("environment: missing; it must be TRAINING, VALIDATION, PRODUCTION or TRACING.");
  if (similaritySearchParams !== undefined && environment === Environment.TRACING)
    throw new InvalidRequestError(
      "similaritySearchParams: spans have no column of vectors; export a model's records, or compare attributes.embedding.embeddings yourself.",
    );
  const [start, end] = [ms(startTime), ms(endTime)];
  if (start !== null && end !== null && start > end) throw new InvalidRequestError("startTime: it lies after endTime.");
  return {
    environment: Environment[environment],
    start,
    end,
    endIncluded: environment === Environment.TRACING,
    modelVersion: descriptor.modelVersion || null,
    batchId: descriptor.batchId || null,
    includeActuals: descriptor.includeActuals,
    columns: descriptor.projectedColumns,
    filter: parseFilter(descriptor.filterExpression),
    similarTo: similaritySearchParams && similaritySearchOf(similaritySearchParams),
    chunkRows: chunkRowsOf(descriptor.streamChunkSize),
  };
}

const ms = (timestamp: Timestamp | undefined): number | null =>
  timestamp === undefined ? null : timestampMs(timestamp);

function chunkRowsOf(size: bigint | undefined): number | null {
  if (size === undefined || size === 0n) return null;
  if (size < 0n)
    throw new InvalidRequestError(
      `streamChunkSize: ${size} is no number of rows; send 1 to ${MAX_CHUNK_ROWS}, or leave it out.`,
    );
  return Math.min(Number(size), MAX_CHUNK_ROWS);
}
