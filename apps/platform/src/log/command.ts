import { Command, InvalidArgumentError, Option } from "commander";
import type { Environment, ModelType } from "@axlab/sdk";
import type { ColumnType, FileFormat } from "@axlab/sdk/files";
import { wholeNumber } from "../flags.js";
import { parseShard } from "./shard.js";
import type { Shard } from "./shard.js";

export interface LogCommandOptions {
  schema: string;
  modelId: string;
  modelType: ModelType;
  environment: Environment;
  modelVersion?: string;
  batchId?: string;
  space?: string;
  url?: string;
  apiKey?: string;
  format?: FileFormat;
  columnType: Record<string, ColumnType>;
  delimiter?: string;
  shard: Shard;
  rowsPerRequest?: number;
  validate: boolean;
  state?: string;
  restart: boolean;
  resend: boolean;
  rowIds: boolean;
  json: boolean;
}

// Written out, since the SDK is large and a wrong flag needs none of it; the compiler compares them with the SDK's.
const MODEL_TYPES: Readonly<Record<ModelType, true>> = {
  REGRESSION: true,
  NUMERIC: true,
  BINARY_CLASSIFICATION: true,
  SCORE_CATEGORICAL: true,
  MULTI_CLASS: true,
  RANKING: true,
  OBJECT_DETECTION: true,
  GENERATIVE_LLM: true,
};
const ENVIRONMENTS: Readonly<Record<Environment, true>> = {
  PRODUCTION: true,
  TRAINING: true,
  VALIDATION: true,
  CORPUS: true,
};
const FORMATS: Readonly<Record<FileFormat, true>> = { parquet: true, arrow: true, "arrow-stream": true, csv: true, ndjson: true }; // prettier-ignore
const COLUMN_TYPES: Readonly<Record<ColumnType, true>> = { bool: true, int64: true, float64: true, text: true, timestamp: true }; // prettier-ignore

/** `axlab log`: run by pipelines, so its flags, its JSON and its exit codes are stable. */
export function logCommand(): Command {
  return new Command("log")
    .description("Log a Parquet, Arrow, CSV or NDJSON file; the same command again goes on where it stopped")
    .argument("<file>", "a path, or a file: or http(s): URL")
    .requiredOption("--schema <file>", "JSON: which column plays which part, as the SDK's Schema")
    .requiredOption("--model-id <name>", "name of the model")
    .addOption(
      new Option("--model-type <type>", listed(MODEL_TYPES)).makeOptionMandatory().argParser(oneOf(MODEL_TYPES)),
    )
    .addOption(
      new Option("--environment <environment>", listed(ENVIRONMENTS))
        .makeOptionMandatory()
        .argParser(oneOf(ENVIRONMENTS)),
    )
    .option("--model-version <version>", "version of the model")
    .option("--batch-id <id>", "name of the validation run")
    .option("--space <space>", "id or name of the space; default: ARIZE_SPACE_ID")
    .option("--url <url>", "where the platform is; default: ARIZE_BASE_URL and the SDK's other variables")
    .option("--api-key <key>", "better ARIZE_API_KEY: other users of a machine can see a command's flags")
    .addOption(new Option("--format <format>", "default: told by the file's name").choices(Object.keys(FORMATS)))
    .addOption(
      new Option("--column-type <name=type>", `CSV and NDJSON, may be repeated; ${listed(COLUMN_TYPES)}`)
        .default({})
        .argParser(columnType),
    )
    .option("--delimiter <character>", "CSV: default a comma, a tab for .tsv")
    .addOption(
      new Option("--shard <i/n>", "log the i-th of n equal parts of the file")
        .default({ index: 1, of: 1 }, "1/1")
        .argParser(parseShard),
    )
    .addOption(
      new Option("--rows-per-request <rows>", "most rows of a request; default: as many as fit 16 MiB").argParser(
        wholeNumber(1, 10_000_000),
      ),
    )
    .option("--no-validate", "skip the rules that are checked before anything is sent")
    .option("--state <file>", "where it is written down how far this got; default: below .axlab/log")
    .option("--restart", "begin at the first row, whatever landed before", false)
    .option("--resend", "rows without an id of which it is not known whether they landed: send them again", false)
    .option("--row-ids", "give rows without an id one, so that none is there twice even if this is killed", false)
    .option("--json", "one JSON object on stdout at the end", false)
    .action(async (file: string, options: LogCommandOptions) => {
      process.exitCode = await (await import("./log.js")).runLog(file, options);
    });
}

const listed = (values: object): string => Object.keys(values).join(", ").toLowerCase();

const isKey = <Key extends string>(values: Readonly<Record<Key, true>>, text: string): text is Key =>
  Object.hasOwn(values, text);

const oneOf =
  <Value extends string>(values: Readonly<Record<Value, true>>) =>
  (text: string): Value => {
    const value = text.toUpperCase();
    if (isKey(values, value)) return value;
    throw new InvalidArgumentError(`Allowed: ${listed(values)}.`);
  };

function columnType(text: string, before: Record<string, ColumnType>): Record<string, ColumnType> {
  const at = text.lastIndexOf("=");
  const type = text.slice(at + 1);
  if (at < 1 || !isKey(COLUMN_TYPES, type))
    throw new InvalidArgumentError(`Write name=type, with a type of ${listed(COLUMN_TYPES)}.`);
  return { ...before, [text.slice(0, at)]: type };
}
