import {
  float64Column,
  ipcStreamBytes,
  messagesFromTable,
  tableFromColumns,
  timestampColumn,
  utf8Column,
} from "@axlab/wire/arrow";
import {
  ARIZE_SCHEMA_KEY,
  encodeArizeSchema,
  spansSchema,
  WireEnvironment,
  WireModelType,
  type ArizeSchemaInit,
} from "@axlab/wire/ingest";
import type { Table } from "apache-arrow";
import { Reply } from "./client.js";

type Columns = Parameters<typeof tableFromColumns>[0];

/** A table that says what it means, as the loggers send it. */
export const described = (columns: Columns, schema: ArizeSchemaInit): Table =>
  tableFromColumns(columns, new Map([[ARIZE_SCHEMA_KEY, encodeArizeSchema(schema)]]));

/** Its bytes on the wire. */
export const streamOf = (table: Table, maxRows = 8192): Uint8Array<ArrayBuffer> =>
  new Uint8Array(ipcStreamBytes(messagesFromTable(table, { maxRows })));

export interface Delays {
  model?: string;
  version?: string;
  environment?: WireEnvironment;
  modelType?: WireModelType;
}

/** Regression records `f0`, `f1`, …: delay as actual, a guess as prediction, one feature, one tag, a second apart from 2026-11-01. */
export function delays(
  rows: number,
  {
    model = "delays",
    version = "1",
    environment = WireEnvironment.PRODUCTION,
    modelType = WireModelType.NUMERIC,
  }: Delays = {},
): Table {
  const each = Array.from({ length: rows }, (_, row) => row);
  return described(
    {
      id: utf8Column(each.map((row) => `f${row}`)),
      at: timestampColumn(each.map((row) => new Date(FIRST_AT + row * 1000))),
      guess: float64Column(each.map((row) => row / 4)),
      delay: float64Column(each.map((row) => row / 2)),
      distance: float64Column(each.map((row) => 100 + row)),
      carrier: utf8Column(each.map((row) => (row % 3 === 0 ? null : `C${row % 3}`))),
    },
    {
      constants: { modelId: model, modelVersion: version, environment, modelType },
      schema: {
        case: "arrowSchema",
        value: {
          predictionIdColumnName: "id",
          timestampColumnName: "at",
          predictionLabelColumnName: "guess",
          actualLabelColumnName: "delay",
          featureColumnNames: ["distance"],
          tagColumnNames: ["carrier"],
        },
      },
    },
  );
}
export const FIRST_AT = Date.parse("2026-11-01T00:00:00Z");

export const spansDescription = (project: string): ArizeSchemaInit => spansSchema(project);

/** `POST /v1/pandas_arrow` over the network. */
export async function upload(
  url: string,
  key: string | undefined,
  spaceId: string | undefined,
  body: BodyInit,
  path = "/v1/pandas_arrow",
): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: {
      ...(key !== undefined && { authorization: key }),
      ...(spaceId !== undefined && { "arize-space-id": spaceId }),
    },
    body,
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
  return new Reply(response.status, response.headers, await response.text());
}
