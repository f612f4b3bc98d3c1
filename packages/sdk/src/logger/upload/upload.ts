import { encodeArizeSchema, INGEST_HEADERS, INGEST_PATHS } from "@axlab/wire/ingest";
import type { ArizeSchemaInit } from "@axlab/wire/ingest";
import type { RecordBatch } from "apache-arrow";

import type { ClientContext } from "../../context.js";
import { ConfigurationError, ValidationError } from "../../errors/index.js";
import type { LogResult, UploadOptions } from "../log-options.js";
import { requireAnswer } from "./answer.js";
import { cutIntoRequests } from "./requests.js";
import type { UploadPart } from "./requests.js";
import { sendParts } from "./send.js";

export type LoggerContext = Pick<ClientContext, "config" | "transport" | "clock" | "flight">;

/** What is uploaded, as `arize-schema` says it. */
export interface Upload {
  readonly schema: ArizeSchemaInit;
  /** When the call began, in ms. */
  readonly started: number;
  readonly spaceId: string;
  readonly batches: AsyncIterable<RecordBatch>;
  readonly totalRows: number | undefined;
  /** Whether rows carry an id that the platform merges by, so that a repeated request is harmless. */
  readonly mergesById: boolean;
}

const DEFAULT_REQUEST_BYTES = 16 * 1024 * 1024;

/** @throws ConfigurationError when neither the call nor the client names a space */
export function spaceOf(client: LoggerContext, options: UploadOptions): string {
  const spaceId = options.spaceId ?? client.config.spaceId;
  if (spaceId !== undefined) return spaceId;
  throw new ConfigurationError("No space to log into: pass { spaceId } or set ARIZE_SPACE_ID");
}

/** Cuts batches into requests of limited size and hands each to `send`. Errors as `Logger.log`. */
export async function sendBatches(
  client: LoggerContext,
  upload: Upload,
  options: UploadOptions,
  send: (part: UploadPart) => Promise<void>,
): Promise<LogResult> {
  checkLimits(options);
  const parts = cutIntoRequests(upload.batches, encodeArizeSchema(upload.schema), {
    rowsPerRequest: options.rowsPerRequest ?? Number.MAX_SAFE_INTEGER,
    maxRequestBytes: options.maxRequestBytes ?? DEFAULT_REQUEST_BYTES,
    maxBatchRows: client.config.maxChunksize,
  });
  const { rows, requests, bytes } = await sendParts(parts, send, {
    concurrency: options.concurrency ?? 2,
    totalRows: upload.totalRows,
    mergesById: upload.mergesById,
    onProgress: options.onProgress,
  });
  return { rows, requests, bytes, seconds: (client.clock.now() - upload.started) / 1000 };
}

/** Posts batches over HTTP (`spec/ingest.md §3`). Errors as `Logger.log`. */
export async function uploadBatches(client: LoggerContext, upload: Upload, options: UploadOptions): Promise<LogResult> {
  let url: string | undefined;
  const send = async (part: UploadPart): Promise<void> => {
    const answer = await client.transport.upload(INGEST_PATHS.batch, {
      body: part.body,
      auth: "raw",
      idempotent: upload.mergesById,
      signal: options.signal,
      timeout: options.timeout,
      headers: {
        [INGEST_HEADERS.spaceId]: upload.spaceId,
        [INGEST_HEADERS.interface]: "batch",
        [INGEST_HEADERS.sync]: (options.sync ?? true) ? "1" : "0",
        [INGEST_HEADERS.numberOfRows]: String(part.rows),
      },
    });
    requireAnswer(answer);
    url ??= ingestionUrl(answer.text);
  };
  return { ...(await sendBatches(client, upload, options, send)), url };
}

function checkLimits(options: UploadOptions): void {
  const issues = (["rowsPerRequest", "maxRequestBytes", "concurrency"] as const)
    .filter((name) => options[name] !== undefined && !(Number.isInteger(options[name]) && Number(options[name]) > 0))
    .map((name) => ({ path: name, message: `is ${String(options[name])}; give a whole number above 0` }));
  if (issues.length > 0) throw new ValidationError("The upload cannot be cut into requests", issues);
}

/** Where the data can be seen, out of `{"realTimeIngestionUri": …}`; an empty or foreign body says nothing. */
function ingestionUrl(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    const isObject = typeof parsed === "object" && parsed !== null;
    const found: unknown = isObject ? Reflect.get(parsed, "realTimeIngestionUri") : undefined;
    return typeof found === "string" ? found : undefined;
  } catch {
    return undefined;
  }
}
