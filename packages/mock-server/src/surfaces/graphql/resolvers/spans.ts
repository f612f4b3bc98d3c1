import { formatTimestamp } from "@axlab/wire";
import { parseAnnotationColumn, parseEvaluationColumn } from "@axlab/wire/ingest";
import { DataType, type Schema } from "apache-arrow";
import { presentSpan, type SpanRow } from "../../../domain/spans/present.js";
import type { ProjectRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { placeOfProject, requireAt } from "../places.js";
import { dimensionValue } from "./datasets.js";
import { latency, scanSpans, spanPage, type FoundSpan, type SpanDataset, type SpanPage } from "./span-records.js";

/** The toolkit's closed list: a prompt span is one that it has no word for (`spec/graphql.md §6.8`). */
const KINDS: ReadonlySet<string> = new Set([
  ...["CHAIN", "RETRIEVER", "RERANKER", "LLM", "TOOL", "AGENT", "EMBEDDING", "GUARDRAIL", "EVALUATOR"],
]);

const NOBODY = new Map<string, { id: string; email: string }>();
const spanOf = (found: FoundSpan) => presentSpan(found.row, NOBODY);

/** A cell as a dimension's value; texts are cut to what was asked for. */
function cell(row: SpanRow, name: string, truncate: number) {
  const value: unknown = row.get(name);
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "bigint") return dimensionValue(Number(value));
  const plain =
    typeof value === "string"
      ? value
      : JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
  return dimensionValue(plain.slice(0, truncate));
}

interface Schemas {
  fields: Schema["fields"];
}

async function tracingSchema(
  row: ProjectRow,
  { startTime, endTime }: { startTime: number; endTime: number },
  context: GraphQLContext,
): Promise<Schemas> {
  await requireAt(context, "PROJECT_SPAN_READ", placeOfProject(context, row));
  const dataset = { startTime, endTime, environmentName: "TRACING", externalModelVersionIds: [], externalBatchIds: [] };
  const fields = new Map<string, Schema["fields"][number]>();
  for await (const batch of scanSpans(context, row, dataset))
    for (const field of batch.schema.fields) fields.set(String(field.name), field);
  return { fields: [...fields.values()] };
}

function dataTypeOf(type: unknown): string {
  if (!(type instanceof DataType)) return "STRING";
  if (DataType.isInt(type) || DataType.isTimestamp(type)) return "LONG";
  if (DataType.isFloat(type)) return "DOUBLE";
  if (DataType.isList(type)) return "STRING_LIST";
  return DataType.isStruct(type) || DataType.isMap(type) ? "DICTIONARY" : "STRING";
}

/** A connection over the columns of a kind, in the order of their names. */
const entries =
  (category: string, belongs: (name: string) => boolean) =>
  ({ fields }: Schemas, args: ConnectionArgs) => {
    const names = fields
      .filter(({ name }) => belongs(String(name)))
      .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    const rows = names.map(({ name, type }, index) => ({
      seq: index + 1,
      dimension: { id: String(name), name: String(name), dataType: dataTypeOf(type), category },
    }));
    return connection(rows, args);
  };

const isEvaluation = (name: string): boolean => parseEvaluationColumn(name) !== null;
const isAnnotation = (name: string): boolean => parseAnnotationColumn(name) !== null;

export const spanResolvers = {
  Model: {
    async spanRecordsPublic(row: ProjectRow, args: SpanPage, context: GraphQLContext) {
      await requireAt(context, "PROJECT_SPAN_READ", placeOfProject(context, row));
      return spanPage(context, row, args);
    },
    tracingSchema,
    async llmTracingStats(row: ProjectRow, { dataset }: { dataset: SpanDataset }, context: GraphQLContext) {
      await requireAt(context, "PROJECT_SPAN_READ", placeOfProject(context, row));
      let [tokens, cost] = [0, 0];
      for await (const batch of scanSpans(context, row, dataset)) {
        for (const value of batch.getChild("attributes.llm.token_count.total") ?? []) tokens += Number(value ?? 0);
        for (const value of batch.getChild("attributes.llm.cost.total") ?? []) cost += Number(value ?? 0);
      }
      return { tokenCountTotal: tokens, costTotal: cost };
    },
  },
  TracingSchema: {
    spanProperties: entries("spanProperty", (name) => !isEvaluation(name) && !isAnnotation(name)),
    llmEvals: entries("llmEval", isEvaluation),
    annotations: entries("annotation", isAnnotation),
  },
  SpanRecord: {
    name: (found: FoundSpan) => spanOf(found).name,
    spanKind: (found: FoundSpan) => (KINDS.has(spanOf(found).kind) ? spanOf(found).kind : "UNKNOWN"),
    statusCode: (found: FoundSpan) => spanOf(found).status_code ?? "UNSET",
    startTime: ({ row }: FoundSpan) => formatTimestamp(Number(row.get("time"))),
    parentId: (found: FoundSpan) => spanOf(found).parent_id ?? null,
    latencyMs: ({ row }: FoundSpan) => latency(row),
    traceId: (found: FoundSpan) => spanOf(found).context.trace_id,
    spanId: (found: FoundSpan) => spanOf(found).context.span_id,
    attributes: (found: FoundSpan) => JSON.stringify(spanOf(found).attributes),
    traceTokenCounts: ({ trace }: FoundSpan) => ({
      aggregatePromptTokenCount: trace.tokens.prompt,
      aggregateCompletionTokenCount: trace.tokens.completion,
      aggregateTotalTokenCount: trace.tokens.total,
    }),
    totalCost: ({ trace: { cost } }: FoundSpan) =>
      cost && {
        aggregatePromptCost: cost.prompt,
        aggregateCompletionCost: cost.completion,
        aggregateTotalCost: cost.total,
      },
    columns: ({ row, columnNames, truncate }: FoundSpan) =>
      columnNames.map((name) => ({ name, value: cell(row, name, truncate) })),
  },
};
