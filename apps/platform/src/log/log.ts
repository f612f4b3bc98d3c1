import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ArizeClient } from "@axlab/sdk";
import type { LogOptions } from "@axlab/sdk";
import { openFile } from "@axlab/sdk/files";
import type { TabularFile } from "@axlab/sdk/files";
import { UsageError } from "../usage-error.js";
import type { LogCommandOptions } from "./command.js";
import { asError } from "./failure.js";
import { Interrupt } from "./interrupt.js";
import { report, reportUnread } from "./report.js";
import { count, shown, without } from "./ranges.js";
import { newPrefix, withIdColumn, withRowIds } from "./row-ids.js";
import { sendRows } from "./send-rows.js";
import { rowsOfShard } from "./shard.js";
import { fileHash, hash, LogState, statePath } from "./state.js";

/** @returns the exit code: 0 when every row has landed, 130 when it was stopped, 1 when it failed */
export async function runLog(path: string, options: LogCommandOptions): Promise<number> {
  try {
    return await logFile(path, options);
  } catch (error) {
    if (options.json) reportUnread(error, { path, options });
    throw error;
  }
}

async function logFile(path: string, options: LogCommandOptions): Promise<number> {
  const client = new ArizeClient({ baseUrl: options.url, apiKey: options.apiKey });
  const schema = await readSchema(options.schema);
  const spaceId = options.space === undefined ? client.config.spaceId : (await client.spaces.get(options.space)).id;
  if (spaceId === undefined) throw new UsageError("No space to log into: give --space, or set ARIZE_SPACE_ID.");
  const given: LogOptions = {
    schema,
    spaceId,
    modelId: options.modelId,
    modelVersion: options.modelVersion,
    modelType: options.modelType,
    environment: options.environment,
    batchId: options.batchId,
    rowsPerRequest: options.rowsPerRequest,
    validate: options.validate,
  };
  const logOptions = options.rowIds ? withIdColumn(given) : given;
  const reading = { format: options.format, columnTypes: options.columnType, delimiter: options.delimiter };
  const state = await openState(path, options, logOptions, reading, client.config.apiUrl);
  const mergesById = options.environment === "CORPUS" || "predictionIdColumnName" in logOptions.schema;
  refuseUncertain(state, mergesById, options.resend);

  const file = await openFile({ file: path, ...reading });
  const { rowIds } = state;
  try {
    return await logRows(
      rowIds === undefined ? file : withRowIds(file, rowIds),
      { client, logOptions, state, mergesById },
      options,
    );
  } finally {
    await file.close();
  }
}

export interface LogRun {
  readonly client: ArizeClient;
  readonly logOptions: LogOptions;
  readonly state: LogState;
  readonly mergesById: boolean;
}

async function logRows(file: TabularFile, run: LogRun, options: LogCommandOptions): Promise<number> {
  const interrupt = new Interrupt(() =>
    process.stderr.write("\naxlab: stopping after the requests that are under way; Ctrl-C again breaks them off\n"),
  );
  try {
    if (file.rows === undefined && process.stderr.isTTY) process.stderr.write("axlab: counting rows …\n");
    const span = rowsOfShard(options.shard, await file.count());
    const outcome = await sendRows(file, without(span, run.state.landed), run, interrupt);
    // What landed is said also where it could not be written down.
    const unsaved = await run.state.written().then(() => undefined, asError);
    const left = without(span, run.state.landed);
    return report({ file, options, span, left, state: run.state, outcome, unsaved });
  } finally {
    interrupt.end();
  }
}

async function readSchema(path: string): Promise<LogOptions["schema"]> {
  try {
    // Editors on Windows begin a file with a byte order mark.
    const parsed: unknown = JSON.parse((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
      throw new TypeError("it holds no object");
    // boundary: the logger checks it whole, and names each field that is wrong.
    return parsed;
  } catch (error) {
    const said = asError(error).message;
    throw new UsageError(
      `--schema ${path} cannot be read (${said}). It is a JSON object such as {"predictionIdColumnName": "id", "featureColumnNames": ["age"]}.`,
    );
  }
}

async function openState(
  path: string,
  options: LogCommandOptions,
  logOptions: LogOptions,
  reading: object,
  apiUrl: string,
): Promise<LogState> {
  const { rowsPerRequest: _size, ...meaning } = logOptions;
  const { index, of } = options.shard;
  const place = [resolve(path), `${index}/${of}`, apiUrl, String(logOptions.spaceId), options.modelId, options.environment]; // prettier-ignore
  const facts = {
    file: path,
    fileHash: await fileHash(path),
    settingsHash: hash(JSON.stringify(meaning), JSON.stringify(reading), ...place.slice(1)),
  };
  const rowIds = options.rowIds ? newPrefix() : undefined;
  return LogState.open(options.state ?? statePath(...place), { ...facts, rowIds }, options.restart);
}

/** Rows that may have landed can be sent again only where the platform merges them, or somebody says so. */
function refuseUncertain(state: LogState, mergesById: boolean, resend: boolean): void {
  if (state.uncertainFrom === undefined || mergesById || resend) return;
  throw new UsageError(
    `a request from row ${state.uncertainFrom} on was sent without an answer in an earlier run, and its rows carry no id: sent again, they are there twice if they landed. Look at what the platform has (rows ${shown(state.landed)}, ${count(state.landed)} of them, landed for certain), then add --resend. With --row-ids from the start, rows sent again are there once.`,
  );
}
