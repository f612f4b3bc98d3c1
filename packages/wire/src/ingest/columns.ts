/** How the values of a span column are to be read (spec/ingest.md §6). */
export type SpanColumnKind = "string" | "nanoseconds" | "bool" | "number" | "json" | "json list";

/** Columns of a span table that have a fixed name; further `attributes.*` columns are free. */
export const SPAN_COLUMNS: Readonly<Record<string, SpanColumnKind>> = {
  "context.trace_id": "string",
  "context.span_id": "string",
  name: "string",
  parent_id: "string",
  status_code: "string",
  status_message: "string",
  start_time: "nanoseconds",
  end_time: "nanoseconds",
  events: "json list",
  "attributes.openinference.span.kind": "string",
  "attributes.exception.type": "string",
  "attributes.exception.message": "string",
  "attributes.exception.escaped": "bool",
  "attributes.exception.stacktrace": "string",
  "attributes.input.value": "string",
  "attributes.input.mime_type": "string",
  "attributes.output.value": "string",
  "attributes.output.mime_type": "string",
  "attributes.embedding.embeddings": "json list",
  "attributes.llm.model_name": "string",
  "attributes.llm.input_messages": "json list",
  "attributes.llm.output_messages": "json list",
  "attributes.llm.tools": "json list",
  "attributes.llm.invocation_parameters": "string",
  "attributes.llm.prompt_template.template": "string",
  "attributes.llm.prompt_template.version": "string",
  "attributes.llm.prompt_template.variables": "json",
  "attributes.llm.token_count.prompt": "number",
  "attributes.llm.token_count.completion": "number",
  "attributes.llm.token_count.total": "number",
  "attributes.tool.name": "string",
  "attributes.tool.description": "string",
  "attributes.tool.parameters": "string",
  "attributes.retrieval.documents": "json list",
  "attributes.reranker.input_documents": "json list",
  "attributes.reranker.output_documents": "json list",
  "attributes.reranker.query": "string",
  "attributes.reranker.model_name": "string",
  "attributes.reranker.top_k": "number",
  "attributes.session.id": "string",
  "attributes.user.id": "string",
  "attributes.metadata": "json",
};

export const REQUIRED_SPAN_COLUMNS = ["context.trace_id", "context.span_id", "name"] as const;

/** The column every evaluation, annotation and patch table is matched by. */
export const SPAN_ID_COLUMN = "context.span_id";

/** Column of a metadata patch table: one JSON object a row, as text (spec/flight.md §9.1). */
export const PATCH_DOCUMENT_COLUMN = "patch_document";

/** Column of free notes in an annotation table: a list of JSON texts. */
export const ANNOTATION_NOTES_COLUMN = "annotation.notes";

export interface EvaluationColumn {
  readonly scope: "span" | "session" | "trace";
  readonly name: string;
  readonly field: "label" | "score" | "explanation";
}

/** Reads `eval.<name>.<field>`, `session_eval.…` or `trace_eval.…`; null for any other column. */
export function parseEvaluationColumn(column: string): EvaluationColumn | null {
  const match = /^(session_|trace_)?eval\.([A-Za-z0-9_\s]+)\.(label|score|explanation)$/.exec(column);
  const [, prefix, name, field] = match ?? [];
  if (name === undefined || (field !== "label" && field !== "score" && field !== "explanation")) return null;
  return { scope: prefix === "session_" ? "session" : prefix === "trace_" ? "trace" : "span", name, field };
}

export interface AnnotationColumn {
  readonly name: string;
  readonly field: "label" | "score" | "text" | "updated_by" | "updated_at";
}

/** Reads `annotation.<name>.<field>`; null for any other column, `annotation.notes` included. */
export function parseAnnotationColumn(column: string): AnnotationColumn | null {
  const [, name, field] =
    /^annotation\.([A-Za-z0-9_\s]+)\.(label|score|text|updated_by|updated_at)$/.exec(column) ?? [];
  if (name === undefined) return null;
  if (field === "label" || field === "score" || field === "text" || field === "updated_by" || field === "updated_at")
    return { name, field };
  return null;
}

/** Whether a TRACING table holds evaluations for spans sent before, rather than spans (spec/ingest.md §3.3). */
export function holdsEvaluationsOnly(columns: readonly string[]): boolean {
  const names = new Set(columns);
  const lacksSpan = !names.has("context.trace_id") && !names.has("name");
  return lacksSpan && names.has(SPAN_ID_COLUMN) && columns.some((column) => parseEvaluationColumn(column) !== null);
}

const MEGA = 4_000_000;

/** Fewest and most characters of the text columns of a span table (spec/ingest.md §8.6). */
export const SPAN_TEXT_LENGTHS: Readonly<Record<string, readonly [min: number, max: number]>> = {
  [SPAN_ID_COLUMN]: [12, 128],
  "context.trace_id": [12, 128],
  parent_id: [0, 128],
  name: [0, 50],
  status_message: [0, 10_000],
  "attributes.openinference.span.kind": [0, 128],
  "attributes.exception.message": [0, 100],
  "attributes.exception.stacktrace": [0, 10_000],
  "attributes.input.value": [0, MEGA],
  "attributes.input.mime_type": [0, 100],
  "attributes.output.value": [0, MEGA],
  "attributes.output.mime_type": [0, 100],
  "attributes.embedding.model_name": [0, 100],
  "attributes.llm.model_name": [0, 100],
  "attributes.llm.prompt_template.template": [0, MEGA],
  "attributes.llm.prompt_template.version": [0, 100],
  "attributes.llm.invocation_parameters": [0, MEGA],
  "attributes.tool.name": [0, 100],
  "attributes.tool.description": [0, 1000],
  "attributes.tool.parameters": [0, 1000],
  "attributes.reranker.query": [0, 10_000],
  "attributes.reranker.model_name": [0, 100],
  "attributes.session.id": [0, 128],
  "attributes.user.id": [0, 128],
};
