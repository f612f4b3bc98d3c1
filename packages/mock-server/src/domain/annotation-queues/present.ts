import { isJsonObject, type JsonObject } from "@axlab/wire";
import type { Annotation, AnnotationQueueRecord, Evaluation, Span } from "@axlab/wire/rest";
import type { Core } from "../../core.js";
import type { AnnotationQueueRecordRow } from "../../store/tables/index.js";
import type { Annotations } from "../annotations/annotations.js";
import { locate } from "../locate.js";
import { readStoredObject } from "../rows.js";
import type { Spans } from "../spans/spans.js";
import { peopleOf } from "./people.js";

interface Content {
  data: JsonObject;
  annotations: readonly Annotation[];
  trace_annotations: readonly Annotation[];
  evaluations: readonly Evaluation[];
}
const GONE: Content = { data: {}, annotations: [], trace_annotations: [], evaluations: [] };

/** Records as they are where they lie now. One whose span or example is gone has no data. */
export class QueueRecordPresenter {
  constructor(
    private readonly core: Core,
    private readonly spans: Spans,
    private readonly annotations: Annotations,
  ) {}

  async present(rows: readonly AnnotationQueueRecordRow[]): Promise<AnnotationQueueRecord[]> {
    const contents = new Map<string, Content>();
    for (const [owner, records] of grouped(rows)) {
      const found =
        records[0]?.source_type === "DATASET"
          ? await this.#examples(owner, records)
          : await this.#spans(owner, records);
      for (const record of records) contents.set(record.id, found.get(record.record_id) ?? GONE);
    }
    const assigned = await this.#assigned(rows.map(({ id }) => id));
    return rows.map((row) => {
      const { data, annotations, trace_annotations, evaluations } = contents.get(row.id) ?? GONE;
      return {
        ...identityOf(row),
        data,
        annotations: [...annotations],
        trace_annotations: [...trace_annotations],
        evaluations: [...evaluations],
        assigned_users: assigned.get(row.id) ?? [],
      };
    });
  }

  async #examples(versionId: string, records: readonly AnnotationQueueRecordRow[]): Promise<Map<string, Content>> {
    const ids = records.map(({ record_id }) => record_id);
    const [rows, annotations] = await Promise.all([
      this.core.store.db
        .selectFrom("dataset_examples")
        .select(["example_id", "data"])
        .where("version_id", "=", versionId)
        .where("example_id", "in", ids)
        .execute(),
      this.annotations.of(versionId, ids),
    ]);
    return new Map(
      rows.map((row) => [
        row.example_id,
        { ...GONE, data: readStoredObject(row.data), annotations: annotations.get(row.example_id) ?? [] },
      ]),
    );
  }

  async #spans(projectId: string, records: readonly AnnotationQueueRecordRow[]): Promise<Map<string, Content>> {
    const project = await locate(this.core.store.db, "project", projectId);
    if (project === null) return new Map();
    const window = {
      start: Math.min(...records.map((record) => record.start_time ?? 0)),
      end: Math.max(...records.map((record) => record.end_time ?? 0)) + 1,
    };
    const ids = records.map(({ record_id }) => record_id);
    const found = await this.spans.byId(project.entity, ids, window);
    return new Map(found.map((span) => [span.context.span_id, contentOf(span)]));
  }

  async #assigned(ids: readonly string[]): Promise<Map<string, AnnotationQueueRecord["assigned_users"]>> {
    const found = new Map<string, AnnotationQueueRecord["assigned_users"]>();
    if (ids.length === 0) return found;
    const { db } = this.core.store;
    const rows = await db
      .selectFrom("annotation_queue_assignments")
      .selectAll()
      .where("record_id", "in", ids)
      .orderBy("user_id")
      .execute();
    const people = await peopleOf(
      db,
      rows.map(({ user_id }) => user_id),
    );
    for (const { record_id, user_id, status } of rows) {
      const user = people.get(user_id);
      if (user !== undefined)
        found.set(record_id, [...(found.get(record_id) ?? []), { user, completion_status: status }]);
    }
    return found;
  }
}

export const identityOf = (row: AnnotationQueueRecordRow) => ({
  id: row.id,
  annotation_queue_id: row.queue_id,
  source_type: row.source_type,
  granularity: row.granularity === "" ? null : row.granularity,
});

function contentOf({
  annotations = [],
  trace_annotations = [],
  evaluations = [],
  attributes,
  context,
  events,
  ...fields
}: Span): Content {
  const data: unknown = JSON.parse(JSON.stringify({ ...attributes, ...fields, ...context, ...(events && { events }) }));
  return { data: isJsonObject(data) ? data : {}, annotations, trace_annotations, evaluations };
}

function grouped(rows: readonly AnnotationQueueRecordRow[]): Map<string, AnnotationQueueRecordRow[]> {
  const groups = new Map<string, AnnotationQueueRecordRow[]>();
  for (const row of rows) groups.set(row.owner, [...(groups.get(row.owner) ?? []), row]);
  return groups;
}
