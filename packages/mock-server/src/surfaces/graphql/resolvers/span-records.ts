import { decodeCursor, encodeCursor } from "@axlab/wire";
import type { RecordBatch } from "apache-arrow";
import { z } from "zod";
import { compare, scalarOf } from "../../../domain/records/filter/compare.js";
import { parseFilter } from "../../../domain/records/filter/parse.js";
import { spanRow, type SpanRow } from "../../../domain/spans/present.js";
import { isRoot } from "../../../domain/spans/traces.js";
import { InvalidRequestError } from "../../../errors.js";
import type { ProjectRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";

/** `ModelDatasetInput`: which spans. */
export interface SpanDataset {
  startTime: number;
  endTime: number;
  environmentName: string;
  externalModelVersionIds: string[];
  externalBatchIds: string[];
  filters?: DatasetFilter[] | null;
  queryFilter?: string | null;
}

interface DatasetFilter {
  operator: keyof typeof OPERATORS;
  dimension?: { name: string } | null;
  dimensionValues?: { value: string }[] | null;
  numericValues?: string[] | null;
  categoricalValues?: string[] | null;
  binaryValues?: string[] | null;
}

const OPERATORS = {
  greaterThan: ">",
  lessThan: "<",
  equals: "=",
  notEquals: "!=",
  greaterThanOrEqual: ">=",
  lessThanOrEqual: "<=",
} as const;

const valuesOf = ({ dimensionValues, numericValues, categoricalValues, binaryValues }: DatasetFilter): string[] => [
  ...(dimensionValues ?? []).map(({ value }) => value),
  ...(numericValues ?? []),
  ...(categoricalValues ?? []),
  ...(binaryValues ?? []),
];

/** Every filter holds when one of its values does. */
const keeps = ({ filters }: SpanDataset, row: SpanRow): boolean =>
  (filters ?? []).every((filter) => {
    const cell = scalarOf(row.get(filter.dimension?.name ?? ""));
    const one = (wanted: string): boolean => compare(cell, OPERATORS[filter.operator], wanted) === true;
    return filter.operator === "notEquals" ? valuesOf(filter).every(one) : valuesOf(filter).some(one);
  });

/** The spans of a dataset, batch by batch. @throws InvalidRequestError for another environment than tracing, or a filter that cannot be read */
export function scanSpans(
  { domain }: GraphQLContext,
  project: ProjectRow,
  dataset: SpanDataset,
): AsyncGenerator<RecordBatch> {
  if (dataset.environmentName !== "TRACING")
    throw new InvalidRequestError("dataset.environmentName: spans lie in the environment tracing.");
  return domain.records.scan(project.id, {
    environment: "TRACING",
    start: dataset.startTime,
    end: dataset.endTime,
    endIncluded: true,
    modelVersion: null,
    batchId: null,
    includeActuals: true,
    columns: [],
    filter: parseFilter(dataset.queryFilter ?? ""),
    similar: null,
    chunkRows: null,
  });
}

export interface SpanPage {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  dataset: SpanDataset;
  sort?: { column: string; dir: "ASC" | "DESC" } | null;
  columnNames?: string[] | null;
  includeRootSpans?: boolean | null;
  truncateStringLength?: number | null;
}

/** A span of a page, and what its trace adds up to. */
export interface FoundSpan {
  row: SpanRow;
  columnNames: readonly string[];
  truncate: number;
  trace: TraceTotals;
}
interface Amounts {
  prompt: number;
  completion: number;
  total: number;
}
interface TraceTotals {
  tokens: Amounts;
  /** null when no span says a cost */
  cost: Amounts | null;
}

const MAX_PAGE = 50;
const DEFAULT_TRUNCATION = 5000;
const Cursor = z.object({ span: z.string() });

const SORTED: Readonly<Record<string, (row: SpanRow) => string | number>> = {
  start_time: (row) => Number(row.get("time")),
  end_time: (row) => nanoseconds(row.get("end_time")),
  latency_ms: (row) => latency(row),
  totalTokenCount: (row) => Number(row.get("attributes.llm.token_count.total") ?? 0),
  metadata: (row) => text(row, "attributes.metadata"),
};

const nanoseconds = (value: unknown): number => Number(value ?? 0);
export const latency = (row: SpanRow): number =>
  (nanoseconds(row.get("end_time")) - nanoseconds(row.get("start_time"))) / 1e6;

const text = (row: SpanRow, column: string): string => {
  const value = row.get(column);
  return typeof value === "string" ? value : "";
};

/**
 * One page of the spans that a dataset holds. With `includeRootSpans` and no filter it lists traces, one root span each: so the toolkit
 * lists traces, while it asks for one trace with a filter.
 * @throws InvalidRequestError for more than 50 at a time, or a cursor of a span that is not among them
 */
export async function spanPage(context: GraphQLContext, project: ProjectRow, page: SpanPage) {
  const backward = page.last != null;
  const size = page.last ?? page.first ?? MAX_PAGE;
  if (size < 1 || size > MAX_PAGE || (page.first != null && backward))
    throw new InvalidRequestError(`first, last: ask for 1 to ${MAX_PAGE} spans at a time, with one of the two.`);
  const { filters, queryFilter } = page.dataset;
  const rootsOnly = page.includeRootSpans === true && (filters ?? []).length === 0 && !queryFilter;
  const traces = new Map<string, TraceTotals>();
  const rows: SpanRow[] = [];
  for await (const batch of scanSpans(context, project, page.dataset)) {
    for (let index = 0; index < batch.numRows; index += 1) {
      const row = spanRow(batch, index);
      addTotals(traces, row);
      if (!keeps(page.dataset, row)) continue;
      if (!rootsOnly || isRoot(row.get("parent_id"))) rows.push(row);
    }
  }
  const { column, dir } = page.sort ?? { column: "start_time", dir: "DESC" as const };
  const key = SORTED[column] ?? Number;
  const sign = dir === "ASC" ? 1 : -1;
  rows.sort((a, b) => sign * order(key(a), key(b)) || order(text(a, "context.span_id"), text(b, "context.span_id")));
  const from = page.after ? indexOf(rows, "after", page.after) + 1 : 0;
  const to = page.before ? indexOf(rows, "before", page.before) : rows.length;
  const start = backward ? Math.max(from, to - size) : from;
  const end = backward ? to : Math.min(to, from + size);
  const edges = rows.slice(start, end).map((row) => ({
    cursor: encodeCursor({ span: text(row, "context.span_id") }),
    node: {
      row,
      columnNames: page.columnNames ?? [],
      truncate: page.truncateStringLength ?? DEFAULT_TRUNCATION,
      trace: traces.get(text(row, "context.trace_id")) ?? NOTHING_YET,
    } satisfies FoundSpan,
  }));
  return {
    totalCount: rows.length,
    edges,
    pageInfo: {
      hasNextPage: end < rows.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const NONE: Amounts = { prompt: 0, completion: 0, total: 0 };
const NOTHING_YET: TraceTotals = { tokens: NONE, cost: null };

function addTotals(traces: Map<string, TraceTotals>, row: SpanRow): void {
  const id = text(row, "context.trace_id");
  const { tokens, cost } = traces.get(id) ?? NOTHING_YET;
  const costs = COST_PARTS.some((part) => row.has(`attributes.llm.cost.${part}`));
  traces.set(id, {
    tokens: plus(tokens, row, "attributes.llm.token_count."),
    cost: costs ? plus(cost ?? NONE, row, "attributes.llm.cost.") : cost,
  });
}

const COST_PARTS = ["prompt", "completion", "total"] as const;

/** A span without a total counts with the sum of its parts. */
function plus(before: Amounts, row: SpanRow, prefix: string): Amounts {
  const amount = (part: string): number => Number(row.get(`${prefix}${part}`) ?? 0);
  const [prompt, completion] = [amount("prompt"), amount("completion")];
  return {
    prompt: before.prompt + prompt,
    completion: before.completion + completion,
    total: before.total + (row.has(`${prefix}total`) ? amount("total") : prompt + completion),
  };
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

function indexOf(rows: readonly SpanRow[], name: "after" | "before", cursor: string): number {
  const position = decodeCursor(cursor, Cursor);
  const index = position === null ? -1 : rows.findIndex((row) => text(row, "context.span_id") === position.span);
  if (index < 0)
    throw new InvalidRequestError(
      `${name}: not a cursor of these spans; send a cursor of the page before, with the same dataset and sort.`,
    );
  return index;
}
