import { BatchDecoder, tableFromColumns, utf8Column, type IpcMessage } from "@axlab/wire/arrow";
import { PATCH_DOCUMENT_COLUMN, SPAN_ID_COLUMN } from "@axlab/wire/ingest";
import type { DeleteSpansResponse, Span, Trace } from "@axlab/wire/rest";
import type { Permission } from "@axlab/auth";
import type { RecordBatch, Schema } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import { findRecords } from "../records/export/lookup.js";
import type { Records } from "../records/records.js";
import type { ProjectRow } from "../../store/tables/index.js";
import type { Annotations } from "../annotations/annotations.js";
import type { Page, PageRequest } from "../paging.js";
import { noteSpan } from "./note.js";
import { annotationTimesInMs } from "./annotation-times.js";
import { annotateSpans, type SpanAnnotations } from "./annotate.js";
import { deleteSpans, type SpanDeletion } from "./delete.js";
import { SpanReader, type SpanSelection } from "./reader.js";
import { OneAtATime } from "../one-at-a-time.js";
import { findProject } from "../records/target.js";
import type { Window } from "./window.js";
import { parsePatch, patched } from "./metadata.js";
import { checkValues } from "../records/values/rule.js";
import { annotationRules, evaluationRules, spanIdRules } from "../records/values/span-rules.js";
import {
  annotationColumns,
  asStored,
  evaluationColumns,
  overlayRows,
  overlaySchema,
  spanIds,
  writeOverlay,
  type ColumnChoice,
} from "./overlay.js";

/** Where a write goes: a project by its name. */
export interface SpanTarget {
  spaceId: string;
  project: string;
}

export interface WrittenToSpans {
  /**
   * rows of the table that were written, two of one span as two: v7 holds it against the rows it sent and warns of those that are
   * missing (`spec/flight.md §9.2`)
   */
  updated: number;
  /** span ids of the table that no span has; their rows were not written */
  unmatched: string[];
}

export interface PatchedSpans {
  /** rows of the table; v8 calls the update partial where it sent more (`spec/flight.md §9.2`) */
  processed: number;
  /** those of them that were laid over a span, two of one span as two */
  updated: number;
  errors: { spanId: string; message: string }[];
}

interface Patch {
  id: string;
  patch: unknown;
}

const METADATA = "attributes.metadata";

/** What is said of spans after they were logged. It is stored beside them and merged when they are read. */
export class Spans {
  readonly #reader: SpanReader;
  readonly #patching = new OneAtATime();

  constructor(
    private readonly core: Core,
    records: Records,
    private readonly annotations: Annotations,
  ) {
    this.#reader = new SpanReader(core, records);
  }

  /** @see SpanReader.list */
  list(project: ProjectRow, selection: SpanSelection, page: PageRequest): Promise<Page<Span>> {
    return this.#reader.list(project, selection, page);
  }

  /** @see SpanReader.traces */
  traces(project: ProjectRow, selection: SpanSelection, page: PageRequest): Promise<Page<Trace>> {
    return this.#reader.traces(project, selection, page);
  }

  /** @see SpanReader.byId */
  byId(project: ProjectRow, ids: readonly string[], window: Window): Promise<Span[]> {
    return this.#reader.byId(project, ids, window);
  }

  /** @see SpanReader.rootsOf */
  rootsOf(project: ProjectRow, traceIds: readonly string[], window: Window) {
    return this.#reader.rootsOf(project, traceIds, window);
  }

  /** @see deleteSpans */
  delete(caller: Caller, project: ProjectRow, request: SpanDeletion): Promise<DeleteSpansResponse> {
    return deleteSpans(this.core, caller, project, request);
  }

  /** @see noteSpan */
  note(caller: Caller, project: ProjectRow, spanId: string, note: string): Promise<void> {
    return noteSpan(this.core, caller, project, spanId, note);
  }

  /** @see annotateSpans */
  annotate(caller: Caller, project: ProjectRow, request: SpanAnnotations): Promise<void> {
    return annotateSpans(this.core, this.annotations, caller, project, request);
  }

  /** Needs PROJECT_SPAN_UPDATE. @throws NotFoundError, ForbiddenError, InvalidRequestError */
  async writeEvaluations(
    caller: Caller,
    target: SpanTarget,
    messages: AsyncIterable<IpcMessage>,
  ): Promise<WrittenToSpans> {
    return this.#write(caller, target, messages, "PROJECT_SPAN_UPDATE", evaluationColumns);
  }

  /** Needs PROJECT_SPAN_ANNOTATE. @throws NotFoundError, ForbiddenError, InvalidRequestError */
  async writeAnnotations(
    caller: Caller,
    target: SpanTarget,
    messages: AsyncIterable<IpcMessage>,
  ): Promise<WrittenToSpans> {
    return this.#write(caller, target, messages, "PROJECT_SPAN_ANNOTATE", annotationColumns);
  }

  /**
   * Each row's patch is laid over its span's metadata, one request after another: of two that patch the same span, both count.
   * Needs PROJECT_SPAN_UPDATE.
   */
  async patchMetadata(
    caller: Caller,
    { spaceId, project: name }: SpanTarget,
    messages: AsyncIterable<IpcMessage>,
  ): Promise<PatchedSpans> {
    const project = await findProject(this.core, caller, spaceId, name, "PROJECT_SPAN_UPDATE");
    const { schema, batches } = await readAll(messages);
    for (const column of [SPAN_ID_COLUMN, PATCH_DOCUMENT_COLUMN]) {
      if (!schema.fields.some((field) => field.name === column))
        throw new InvalidRequestError(`The table lacks the column ${column}.`);
    }
    const rows = batches.flatMap(patchesOf);
    return this.#patching.run(project.id, () => this.#patch(caller, project, rows));
  }

  async #patch(caller: Caller, project: ProjectRow, rows: readonly Patch[]): Promise<PatchedSpans> {
    const metadata = await findRecords(
      this.core,
      project.id,
      "TRACING",
      rows.map(({ id }) => id),
      METADATA,
    );
    const errors: PatchedSpans["errors"] = [];
    const changed = new Map<string, string>();
    for (const { id, patch: text } of rows) {
      const parsed = parsePatch(text);
      if (!metadata.has(id)) errors.push({ spanId: id, message: "no span of this project has this id" });
      else if ("problem" in parsed) errors.push({ spanId: id, message: parsed.problem });
      else changed.set(id, patched(changed.get(id) ?? metadata.get(id), parsed.patch));
    }
    if (changed.size > 0) {
      const table = tableFromColumns({
        [SPAN_ID_COLUMN]: utf8Column([...changed.keys()]),
        [METADATA]: utf8Column([...changed.values()]),
      });
      const stored = overlaySchema(table.schema, (column) => (column === METADATA ? "string" : null));
      await writeOverlay(
        this.core,
        caller,
        project,
        stored,
        table.batches.map((batch) => overlayRows(batch, stored, this.core.clock.now(), () => true)),
      );
    }
    return { processed: rows.length, updated: rows.length - errors.length, errors };
  }

  async #write(
    caller: Caller,
    { spaceId, project: name }: SpanTarget,
    messages: AsyncIterable<IpcMessage>,
    permission: Permission,
    choose: ColumnChoice,
  ): Promise<WrittenToSpans> {
    const project = await findProject(this.core, caller, spaceId, name, permission);
    const { schema, batches: sent } = await readAll(messages);
    const batches = sent.map(annotationTimesInMs);
    const stored = overlaySchema(schema, choose);
    const names = stored.fields.map(({ name }) => name);
    const rules = [...spanIdRules(), ...evaluationRules(names), ...annotationRules(names, this.core.clock.now())];
    let firstRow = 0;
    for (const batch of batches) {
      checkValues(rules, asStored(batch), firstRow);
      firstRow += batch.numRows;
    }
    const ids = new Set(batches.flatMap((batch) => spanIds(batch).filter((id) => id !== null)));
    const known = await findRecords(this.core, project.id, "TRACING", ids);
    const now = this.core.clock.now();
    const matched = batches.map((batch) => overlayRows(batch, stored, now, (id) => known.has(id)));
    const updated = matched.reduce((sum, batch) => sum + batch.numRows, 0);
    if (updated > 0) await writeOverlay(this.core, caller, project, stored, matched);
    return { updated, unmatched: [...ids].filter((id) => !known.has(id)) };
  }
}

function patchesOf(batch: RecordBatch): Patch[] {
  const patches = batch.getChild(PATCH_DOCUMENT_COLUMN);
  const patchAt = (row: number): unknown => patches?.get(row);
  return spanIds(batch).map((id, row) => ({ id: id ?? "", patch: patchAt(row) }));
}

async function readAll(messages: AsyncIterable<IpcMessage>): Promise<{ schema: Schema; batches: RecordBatch[] }> {
  let decoder: BatchDecoder | undefined;
  const batches: RecordBatch[] = [];
  for await (const message of messages) {
    if (decoder === undefined) {
      decoder = new BatchDecoder(message);
      continue;
    }
    const batch = decoder.decode(message);
    if (batch !== null) batches.push(batch);
  }
  if (decoder === undefined) throw new InvalidRequestError("The stream ended before its Arrow schema.");
  return { schema: decoder.schema, batches };
}
