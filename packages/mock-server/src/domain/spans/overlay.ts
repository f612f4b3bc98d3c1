import {
  ARIZE_SCHEMA_KEY,
  parseAnnotationColumn,
  parseEvaluationColumn,
  ANNOTATION_NOTES_COLUMN,
  SPAN_ID_COLUMN,
} from "@axlab/wire/ingest";
import { DataType, Field, makeData, RecordBatch, Schema, Struct, Utf8, type Data } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { typeName, typeOf } from "../records/arrow-access.js";
import { gather, pushRow, type Run } from "../records/export/gather.js";
import { hashIds, idColumn } from "../records/ids.js";
import { storedData, storedType } from "../records/stored-type.js";
import { misfit, type ColumnRole } from "../records/roles.js";
import { TIME_COLUMN, TIME_TYPE, timeData } from "../records/time-column.js";
import { UploadWriter } from "../records/uploads.js";

/** Which columns a write of this kind takes, and what they hold; anything else in the table is left out, as the clients do. */
export type ColumnChoice = (name: string) => ColumnRole | null;

export const evaluationColumns: ColumnChoice = (name) => {
  const column = parseEvaluationColumn(name);
  return column === null ? null : column.field === "score" ? "number" : "string";
};

export const annotationColumns: ColumnChoice = (name) => {
  if (name === ANNOTATION_NOTES_COLUMN) return "texts";
  const column = parseAnnotationColumn(name);
  if (column === null) return null;
  return column.field === "score" || column.field === "updated_at" ? "number" : "string";
};

/** The schema that completions of spans are stored under. @throws InvalidRequestError when the table cannot be one */
export function overlaySchema(schema: Schema, choose: ColumnChoice): Schema {
  const id = schema.fields.find((field) => field.name === SPAN_ID_COLUMN);
  if (id === undefined)
    throw new InvalidRequestError(`The table lacks ${SPAN_ID_COLUMN}, which says whose its rows are.`);
  requireFit(id, "id");
  const columns = schema.fields
    .filter((field) => choose(field.name) !== null)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (columns.length === 0)
    throw new InvalidRequestError(
      `The table has nothing to write: beside ${SPAN_ID_COLUMN} it needs columns such as eval.<name>.label or annotation.<name>.score.`,
    );
  for (const field of columns) requireFit(field, choose(field.name) ?? "any");
  return spanIdSchema(columns.map((field) => new Field(field.name, storedType(typeOf(field)), true)));
}

/** Whose a row is and when it was written, and what else it says. */
export const spanIdSchema = (columns: readonly Field[] = []): Schema =>
  new Schema([new Field(TIME_COLUMN, TIME_TYPE, false), new Field(SPAN_ID_COLUMN, new Utf8(), false), ...columns]);

function requireFit(field: { readonly name: string; readonly type: unknown }, role: ColumnRole): void {
  const wants = misfit(role, typeOf(field));
  if (wants !== null)
    throw new InvalidRequestError(
      `Column "${field.name}" is of Arrow type ${typeName(typeOf(field))}; it must be ${wants}.`,
    );
}

/** The rows of a batch that `keep` wants, under the stored schema. */
export function overlayRows(
  batch: RecordBatch,
  schema: Schema,
  now: number,
  keep: (id: string) => boolean,
): RecordBatch {
  const column = (name: string): Data => {
    const data = batch.data.children[batch.schema.fields.findIndex((field) => field.name === name)];
    if (data === undefined) throw new InvalidRequestError(`The table has no column "${name}".`);
    return data;
  };
  const ids = spanIds(batch);
  const rows = ids.flatMap((id, row) => (id !== null && keep(id) ? [row] : []));
  const take = (data: Data): Data => {
    const runs: Run[] = [];
    for (const row of rows) pushRow(runs, data, row);
    return gather(data.type, runs);
  };
  const [, , ...rest] = schema.fields;
  const children = [
    timeData(new Float64Array(rows.length).fill(now)),
    take(idColumn(column(SPAN_ID_COLUMN), () => "")),
    ...rest.map((field) => take(storedData(column(field.name), field.name))),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }),
  );
}

/** The batch under the types it would be stored with, all rows, for the rules about values. */
export function asStored(batch: RecordBatch): RecordBatch {
  const children = batch.data.children.map((data, index) => storedData(data, batch.schema.fields[index]?.name ?? ""));
  const fields = batch.schema.fields.map(
    (field, index) => new Field(field.name, children[index]?.type ?? typeOf(field), true),
  );
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length: batch.numRows, nullCount: 0, children }),
  );
}

export function spanIds(batch: RecordBatch): (string | null)[] {
  const vector = batch.getChild(SPAN_ID_COLUMN);
  return Array.from({ length: batch.numRows }, (_, row) => {
    const id: unknown = vector?.get(row);
    return typeof id === "string" && id !== "" ? id : null;
  });
}

/** Stores completions of spans, or what takes them away; all or none. */
export async function writeOverlay(
  core: Core,
  caller: Caller,
  project: ProjectRow,
  schema: Schema,
  batches: readonly RecordBatch[],
  kind: "overlay" | "deletion" = "overlay",
): Promise<void> {
  const now = core.clock.now();
  const writer = await UploadWriter.begin(
    core,
    {
      account_id: project.account_id,
      space_id: project.space_id,
      environment: "TRACING",
      kind,
      time_rank: 0,
      model_version: null,
      batch_id: null,
      schema: schema.metadata.get(ARIZE_SCHEMA_KEY) ?? "",
      key_id: caller.principal.key?.id ?? null,
      received_at: now,
    },
    schema,
  );
  try {
    for (const batch of batches) {
      const ids = batch.data.children[1];
      if (ids === undefined || !DataType.isUtf8(ids.type) || batch.numRows === 0) continue;
      await writer.append({
        batch,
        ms: new Float64Array(batch.numRows).fill(now),
        keys: hashIds(idColumn(ids, () => "")),
      });
    }
    await writer.finish(async () => project);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
