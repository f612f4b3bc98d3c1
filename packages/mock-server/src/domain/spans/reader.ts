import { SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { ListSpansRequest, Span, Trace } from "@axlab/wire/rest";
import type { Core } from "../../core.js";
import type { ProjectRow } from "../../store/tables/index.js";
import type { Page, PageRequest } from "../paging.js";
import { paginationOf, positionOf } from "../records/export/cursor.js";
import type { Predicate } from "../records/export/predicate.js";
import { everyRecord, type RecordQuery } from "../records/export/query.js";
import { parseFilter } from "../records/filter/parse.js";
import type { Records } from "../records/records.js";
import { annotatorsOf } from "./annotations.js";
import { presentSpan, spanRow, type SpanRow } from "./present.js";
import { gatherTraces, isRoot, TRACE_ID_COLUMN, tracesOf, type Gathered } from "./traces.js";
import { windowOf, type Window } from "./window.js";

export type SpanSelection = Omit<ListSpansRequest, "project_id">;

/** Spans and traces as REST and GraphQL list them: newest first, of the last seven days unless said otherwise. Who may is asked before. */
export class SpanReader {
  constructor(
    private readonly core: Core,
    private readonly records: Records,
  ) {}

  /** @throws InvalidRequestError for a filter or cursor that cannot be read, UnprocessableError for an empty window */
  async list(project: ProjectRow, selection: SpanSelection, page: PageRequest): Promise<Page<Span>> {
    const { rows, pagination } = await this.#page(project, this.#query(selection), page);
    return { items: await this.#present(project, rows), pagination };
  }

  /** A trace a root span, with the spans of the window; a filter chooses the traces of which at least one span meets it. */
  async traces(project: ProjectRow, selection: SpanSelection, page: PageRequest): Promise<Page<Trace>> {
    const query = this.#query(selection);
    const chosen = query.filter === null ? null : await this.#traceIds(project, query);
    const roots = await this.#page(project, { ...query, filter: rootsOf(chosen) }, page);
    const wanted = new Set(roots.rows.map((row) => String(row.get(TRACE_ID_COLUMN))));
    const members: Predicate = {
      columns: [TRACE_ID_COLUMN],
      holds: (value) => wanted.has(String(value(TRACE_ID_COLUMN))),
    };
    const gathered =
      wanted.size === 0
        ? new Map<string, Gathered>()
        : await gatherTraces(this.records.scan(project.id, { ...query, filter: members }), roots.rows);
    const spans = await this.#present(
      project,
      [...gathered.values()].flatMap(({ rows }) => rows),
    );
    return { items: tracesOf(await this.#present(project, roots.rows), gathered, spans), pagination: roots.pagination };
  }

  /** Those of the ids whose span began in the window, in no order. */
  async byId(project: ProjectRow, ids: readonly string[], window: Window): Promise<Span[]> {
    const wanted = new Set(ids);
    const named: Predicate = {
      columns: [SPAN_ID_COLUMN],
      holds: (value) => wanted.has(String(value(SPAN_ID_COLUMN))),
    };
    return this.#present(project, await this.#rows(project, spanQuery(window, named)));
  }

  /** The root span of each of these traces that began in the window; a trace of several roots comes several times. */
  async rootsOf(
    project: ProjectRow,
    traceIds: readonly string[],
    window: Window,
  ): Promise<{ traceId: string; spanId: string }[]> {
    const roots = rootsOf(new Set(traceIds));
    const rows = await this.#rows(project, spanQuery(window, roots));
    return rows.map((row) => ({ traceId: String(row.get(TRACE_ID_COLUMN)), spanId: String(row.get(SPAN_ID_COLUMN)) }));
  }

  async #rows(project: ProjectRow, query: RecordQuery): Promise<SpanRow[]> {
    const rows: SpanRow[] = [];
    for await (const batch of this.records.scan(project.id, query))
      for (let row = 0; row < batch.numRows; row += 1) rows.push(spanRow(batch, row));
    return rows;
  }

  async #traceIds(project: ProjectRow, query: RecordQuery): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const batch of this.records.scan(project.id, query, [TRACE_ID_COLUMN]))
      for (const id of batch.getChild(TRACE_ID_COLUMN) ?? []) ids.add(String(id));
    return ids;
  }

  async #page(
    project: ProjectRow,
    query: RecordQuery,
    { limit, cursor }: PageRequest,
  ): Promise<{ rows: SpanRow[]; pagination: Page<never>["pagination"] }> {
    const page = await this.records.newest(project.id, query, positionOf(cursor), limit);
    return { rows: page.found.map(({ batch, row }) => spanRow(batch, row)), pagination: paginationOf(page) };
  }

  async #present(project: ProjectRow, rows: readonly SpanRow[]): Promise<Span[]> {
    const annotators = await annotatorsOf(this.core, project.account_id, rows);
    return rows.map((row) => presentSpan(row, annotators));
  }

  #query(selection: SpanSelection): RecordQuery {
    const filter = selection.filter === undefined ? null : parseFilter(selection.filter);
    return spanQuery(windowOf(selection, this.core.clock.now(), { days: 7 }), filter);
  }
}

const spanQuery = ({ start, end }: Window, filter: Predicate | null): RecordQuery => ({
  ...everyRecord("TRACING"),
  start,
  end,
  filter,
});

const rootsOf = (traces: ReadonlySet<string> | null): Predicate => ({
  columns: [TRACE_ID_COLUMN, "parent_id"],
  holds: (value) => isRoot(value("parent_id")) && (traces === null || traces.has(String(value(TRACE_ID_COLUMN)))),
});
