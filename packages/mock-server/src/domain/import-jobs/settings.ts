import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";
import type { ImportJobRow } from "../../store/tables/index.js";

const text = z.string().optional();
const tableConfig = z.record(z.string(), z.string()).optional();

/** What an import job would read, as it is stored; names are the wire's (`spec/graphql.md §8`). */
export const ImportSettings = z.object({
  modelVersion: text,
  batchId: text,
  environment: z.string(),
  modelType: z.string(),
  /** which column means what */
  schema: z.record(z.string(), z.unknown()),
  blobStore: z.enum(["S3", "GCS", "Azure"]).optional(),
  bucketName: text,
  prefix: text,
  fileName: text,
  azureStorageIdentifier: tableConfig,
  tableStore: z.enum(["BigQuery", "Snowflake", "Databricks"]).optional(),
  bigQueryTableConfig: tableConfig,
  snowflakeTableConfig: tableConfig,
  /** without its token, which is a secret and is not kept */
  databricksTableConfig: tableConfig,
  refreshIntervalSeconds: z.number().int().min(60).default(3600),
  queryWindowSizeSeconds: z.number().int().min(3600).default(86_400),
});
export type ImportSettings = z.infer<typeof ImportSettings>;

export const importSettingsOf = (row: Pick<ImportJobRow, "settings">): ImportSettings =>
  ImportSettings.parse(JSON.parse(row.settings));

const CONFIGS = {
  BigQuery: "bigQueryTableConfig",
  Snowflake: "snowflakeTableConfig",
  Databricks: "databricksTableConfig",
} as const;

/** Where a table lies, in the three words that every store has for it. */
export function tableOf(settings: ImportSettings): { projectId: string; dataset: string; table: string } {
  const config = settings.tableStore === undefined ? undefined : settings[CONFIGS[settings.tableStore]];
  const part = (...names: string[]): string =>
    names.map((name) => config?.[name]).find((value) => value !== undefined) ?? "";
  return {
    projectId: part("projectId", "database", "catalog"),
    dataset: part("dataset", "schema", "databricksSchema"),
    table: part("tableName"),
  };
}

/** @throws InvalidRequestError naming the field that does not fit the kind of store */
export function requireSource(settings: ImportSettings): void {
  if (settings.blobStore === "Azure" && settings.azureStorageIdentifier === undefined)
    throw new InvalidRequestError(
      "azureStorageIdentifier: missing; a job that reads from Azure names the tenant and the storage account.",
    );
  if (settings.tableStore === undefined) return;
  for (const [store, config] of Object.entries(CONFIGS)) {
    const there = settings[config] !== undefined;
    if (there !== (store === settings.tableStore))
      throw new InvalidRequestError(
        there
          ? `${config}: a job of tableStore ${settings.tableStore} does not have it; send ${CONFIGS[settings.tableStore]} alone.`
          : `${config}: missing; a job of tableStore ${store} says there where its table is.`,
      );
  }
}
