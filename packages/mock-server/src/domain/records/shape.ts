import type { Upload } from "@axlab/wire/ingest";
import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import { Field, Int64, makeData, RecordBatch, Schema, Struct, Utf8, type Data, type DataType } from "apache-arrow";
import { InvalidRequestError } from "../../errors.js";
import { typeName, typeOf } from "./arrow-access.js";
import { generatedIds, hashIds, idColumn } from "./ids.js";
import { mlColumns, type UploadColumn } from "./ml-columns.js";
import { nanoseconds } from "./nanoseconds.js";
import { storedData, storedType } from "./stored-type.js";
import { isDelayed, requireColumns } from "./required.js";
import { misfit, type ColumnRole } from "./roles.js";
import { mlRules } from "./values/ml-rules.js";
import { broken, type ValueRule } from "./values/rule.js";
import { evaluationRules, spanIdRules, spanRules } from "./values/span-rules.js";
import type { TimeLimits } from "./values/times.js";
import { spanColumns } from "./span-columns.js";
import { instants, TIME_COLUMN, TIME_TYPE, timeData, type NumberUnit } from "./time-column.js";

/** The column by which records of an environment are one and the same. */
export const idColumnOf = (environment: string): string =>
  environment === "TRACING" ? SPAN_ID_COLUMN : environment === "CORPUS" ? "documentID" : "predictionID";

export interface ShapedBatch {
  batch: RecordBatch;
  /** the `time` of every row */
  ms: Float64Array;
  /** hashes of the ids; null when the ids were made here */
  keys: Float64Array | null;
}

/** How the batches of one upload become the batches that are stored: the export's names and order, with `time` and an id in every row. */
export interface Shape {
  schema: Schema;
  kind: "records" | "overlay";
  timeRank: 0 | 1 | 2;
  /** columns that nothing names, left out */
  ignored: string[];
  /** columns that the description names and the table does not have, whose values are taken for missing */
  missing: string[];
  /** what clients check too; empty for what no client checks (OTLP) */
  rules: readonly ValueRule[];
  apply(batch: RecordBatch, firstRow: number): ShapedBatch;
}

/** What a shape depends on beside the upload itself. */
export interface Circumstances {
  receivedAt: number;
  /** what ids are made of where there are none */
  stem: string;
  /** how far back a record's timestamp may lie; null: any */
  pastYears: number | null;
  /** whether the values are held to the rules of the loggers */
  checked: boolean;
}

interface Described {
  kind: Shape["kind"];
  idSource: string;
  timeSource: string;
  timeUnit: NumberUnit;
  delayed: boolean;
  columns: UploadColumn[];
  constants: [name: string, text: string][];
}

/**
 * Checks an upload's description against its table, as far as the schema tells (`spec/ingest.md §7.3, §8.2, §8.3`).
 * @throws InvalidRequestError naming column, role and what would be right
 */
export function shapeOf(
  upload: Upload,
  schema: Schema,
  { receivedAt, stem, pastYears, checked }: Circumstances,
): Shape {
  const described = describe(
    upload,
    schema.fields.map((field) => field.name),
  );
  const { idSource, timeSource, timeUnit, constants } = described;
  const used = new Set([idSource, timeSource, ...described.columns.map((column) => column.source)]);
  const at = new Map<string, number>();
  for (const [index, field] of schema.fields.entries()) {
    if (at.has(field.name) && used.has(field.name)) {
      throw new InvalidRequestError(`The table has two columns named "${field.name}"; names must differ.`);
    }
    at.set(field.name, index);
  }
  const id: UploadColumn = {
    source: idSource,
    name: idColumnOf(upload.kind === "ml" ? upload.environment : upload.kind === "spans" ? "TRACING" : "CORPUS"),
    role: "id",
  };
  const time: UploadColumn = {
    source: timeSource,
    name: TIME_COLUMN,
    role: timeUnit === "ns" ? "nanoseconds" : "time",
  };
  const given = [id, time].filter(({ source }) => source !== "");
  const missing = described.columns.filter(({ source, role }) => MAY_BE_MISSING.has(role) && !at.has(source));
  const columns = described.columns.filter((column) => !missing.includes(column));
  requirePresent([...given, ...columns], at);
  for (const column of [...given, ...columns]) requireType(column, schema.fields[at.get(column.source) ?? -1]);
  requireDistinctNames([id, time, ...columns]);

  const sources = columns.map((column) => at.get(column.source) ?? -1);
  const fields = columns.map((column, index) => {
    const type =
      column.role === "id"
        ? new Utf8()
        : column.role === "nanoseconds"
          ? new Int64()
          : storedType(typeAt(schema, sources[index] ?? -1));
    return new Field(column.name, type, true);
  });
  const stored = new Schema([
    new Field(TIME_COLUMN, TIME_TYPE, false),
    new Field(id.name, new Utf8(), false),
    ...fields,
    ...constants.map(([name]) => new Field(name, new Utf8(), true)),
  ]);
  const constant = constants.map(([, text]) => new ConstantText(text));
  return {
    schema: stored,
    kind: described.kind,
    timeRank: timeSource === "" ? 0 : described.delayed ? 1 : 2,
    rules: checked
      ? rulesOf(
          upload,
          { id: { column: idSource, name: id.name }, timeSource, columns },
          { now: receivedAt, pastYears },
        )
      : [],
    missing: missing.map(({ source }) => source),
    ignored: schema.fields.map((field) => field.name).filter((name) => !used.has(name)),
    apply(batch, firstRow) {
      const rows = batch.numRows;
      const child = (source: string): Data | undefined => batch.data.children[at.get(source) ?? -1];
      const timeGiven = child(timeSource);
      if (checked && timeUnit === "s") requireNoNulls(timeGiven, timeSource, firstRow);
      const ms =
        timeGiven === undefined
          ? new Float64Array(rows).fill(receivedAt)
          : instants(timeGiven, timeUnit, receivedAt, timeSource);
      const idGiven = child(idSource);
      if (checked) requireNoNulls(idGiven, idSource, firstRow);
      const ids =
        idGiven === undefined
          ? generatedIds(stem, firstRow, rows)
          : idColumn(idGiven, (row) => `${stem}-${firstRow + row}`);
      const rest = columns.map((column, index) => {
        const data = batch.data.children[sources[index] ?? -1];
        if (data === undefined) throw new InvalidRequestError(`The table has no column "${column.source}".`);
        if (column.role === "id") return idColumn(data, () => "");
        return column.role === "nanoseconds" ? nanoseconds(data, column.source) : storedData(data, column.source);
      });
      const children = [timeData(ms), ids, ...rest, ...constant.map((text) => text.column(rows))];
      const struct = makeData({ type: new Struct(stored.fields), length: rows, nullCount: 0, children });
      return { batch: new RecordBatch(stored, struct), ms, keys: idGiven === undefined ? null : hashIds(ids) };
    },
  };
}

function rulesOf(upload: Upload, described: Parameters<typeof mlRules>[1], limits: TimeLimits): ValueRule[] {
  if (upload.kind !== "spans") return mlRules(upload, described, limits);
  const names = [SPAN_ID_COLUMN, ...described.columns.map(({ name }) => name)];
  return names.includes("context.trace_id")
    ? spanRules(names, limits.now)
    : [...spanIdRules(), ...evaluationRules(names)];
}

/** Looks at what was sent, before ids and instants are made where there are none. */
function requireNoNulls(data: Data | undefined, column: string, firstRow: number): void {
  if (data === undefined || data.nullCount === 0) return;
  const rows = Array.from({ length: data.length }, (_, row) => row).filter((row) => !data.getValid(row));
  throw broken(
    { code: "Invalid_Missing_Value", columns: [column], wants: "Every row has a value here." },
    `row ${firstRow + (rows[0] ?? 0)} is null`,
    rows.slice(0, 5).map((row) => firstRow + row),
  );
}

function typeAt(schema: Schema, index: number): DataType {
  const field = schema.fields[index];
  return field === undefined ? new Utf8() : typeOf(field);
}

function describe(upload: Upload, names: string[]): Described {
  const constants: Described["constants"] = [];
  if (upload.modelVersion !== "") constants.push(["modelVersion", upload.modelVersion]);
  if (upload.batchId !== "") constants.push(["batchID", upload.batchId]);
  if (upload.kind === "spans") {
    const { kind, columns } = spanColumns(names);
    const timeSource = names.includes("start_time") ? "start_time" : "";
    return {
      kind,
      idSource: SPAN_ID_COLUMN,
      timeSource,
      timeUnit: "ns",
      delayed: kind === "overlay",
      columns,
      constants,
    };
  }
  if (upload.kind === "corpus") {
    const { idColumnName = "", versionColumnName = "", textColumnName } = upload.columns.documentColumnNames ?? {};
    const columns: UploadColumn[] = [
      { source: versionColumnName, name: "documentVersion", role: "string" },
      { source: textColumnName?.vectorColumnName ?? "", name: "documentText__embVector", role: "vector" },
      { source: textColumnName?.dataColumnName ?? "", name: "documentText__rawData", role: "text" },
      { source: textColumnName?.linkToDataColumnName ?? "", name: "documentText__linkToData", role: "string" },
    ];
    return {
      kind: "records",
      idSource: idColumnName,
      timeSource: "",
      timeUnit: "s",
      delayed: false,
      columns: columns.filter(({ source }) => source !== ""),
      constants,
    };
  }
  requireColumns(upload);
  return {
    kind: "records",
    idSource: upload.columns.predictionIdColumnName,
    timeSource: upload.columns.timestampColumnName,
    timeUnit: "s",
    delayed: isDelayed(upload.modelType, upload.columns),
    columns: mlColumns(upload.modelType, upload.columns),
    constants,
  };
}

/**
 * What a record may lack: the official clients send what the table has of the columns that the schema names (`spec/ingest.md §9`). Ids,
 * times and labels it may not: rows would join the wrong record, at the wrong time, or say nothing.
 */
const MAY_BE_MISSING: ReadonlySet<ColumnRole> = new Set(["feature", "tag", "vector", "text", "string", "shap"]);

function requirePresent(columns: readonly UploadColumn[], at: ReadonlyMap<string, number>): void {
  const missing = columns.map((column) => column.source).filter((source) => !at.has(source));
  if (missing.length === 0) return;
  throw new InvalidRequestError(
    `arize-schema names columns that the table does not have: ${missing
      .slice(0, 10)
      .map((name) => `"${name}"`)
      .join(", ")}. Send them, or leave them out of the schema.`,
  );
}

function requireType(column: UploadColumn, field: { readonly type: unknown } | undefined): void {
  if (field === undefined) return;
  const wants = misfit(column.role, typeOf(field));
  if (wants === null) return;
  throw new InvalidRequestError(
    `Column "${column.source}", exported as "${column.name}", is of Arrow type ${typeName(typeOf(field))}; it must be ${wants}.`,
  );
}

function requireDistinctNames(columns: readonly UploadColumn[]): void {
  const names = new Map<string, string>();
  for (const { name, source } of columns) {
    const other = names.get(name);
    if (other !== undefined)
      throw new InvalidRequestError(
        `The columns "${other}" and "${source}" would both be exported as "${name}"; rename one or name it once in the schema.`,
      );
    names.set(name, source);
  }
}

const encoder = new TextEncoder();

/** One text in every row. Batches of an upload mostly have one length, so the last column is kept. */
class ConstantText {
  readonly #bytes: Uint8Array;
  #kept: Data<Utf8> | null = null;

  constructor(text: string) {
    this.#bytes = encoder.encode(text);
  }

  column(rows: number): Data<Utf8> {
    if (this.#kept?.length === rows) return this.#kept;
    const { length } = this.#bytes;
    const data = new Uint8Array(length * rows);
    const valueOffsets = new Int32Array(rows + 1);
    for (let row = 0; row < rows; row++) {
      data.set(this.#bytes, row * length);
      valueOffsets[row + 1] = (row + 1) * length;
    }
    this.#kept = makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets, data });
    return this.#kept;
  }
}
