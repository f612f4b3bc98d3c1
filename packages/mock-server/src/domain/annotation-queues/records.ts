import { randomInt } from "node:crypto";
import type { AnnotationInput, AnnotationQueueRecordInput } from "@axlab/wire/rest";
import { formatTimestamp } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { AnnotationQueueRecordRow, AnnotationQueueRow, SpaceRow } from "../../store/tables/index.js";
import type { Annotations } from "../annotations/annotations.js";
import { locate, spaceRef } from "../locate.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { chunks, ROWS_PER_INSERT, someOf } from "../rows.js";
import type { Spans } from "../spans/spans.js";
import { annotatorsNamed } from "./people.js";
import { resolveSources, type Sourced } from "./sources.js";

/** What waits in a queue, who it waits for, and what they say of it. */
export class AnnotationQueueRecords {
  constructor(
    private readonly core: Core,
    private readonly spans: Spans,
    private readonly annotations: Annotations,
  ) {}

  /** @see resolveSources */
  sources(
    caller: Caller,
    space: Pick<SpaceRow, "id">,
    sources: readonly AnnotationQueueRecordInput[],
  ): Promise<Sourced[]> {
    return resolveSources(this.core, this.spans, caller, space, sources);
  }

  /** In the order of adding. Spans of a project that the caller may not read, such as a restricted one, are left out. */
  async list(
    caller: Caller,
    queue: Pick<AnnotationQueueRow, "id">,
    request: PageRequest,
  ): Promise<Page<AnnotationQueueRecordRow>> {
    const readable = new Map<string, Promise<boolean>>();
    return pageBySeq(
      request,
      (after, count) => {
        const rows = this.core.store.db
          .selectFrom("annotation_queue_records")
          .selectAll()
          .where("queue_id", "=", queue.id)
          .orderBy("seq")
          .limit(count);
        return (after === undefined ? rows : rows.where("seq", ">", after)).execute();
      },
      (row) => row,
      (row) => {
        const known = readable.get(row.owner) ?? this.#mayRead(caller, row);
        readable.set(row.owner, known);
        return known;
      },
    );
  }

  /** @throws NotFoundError when it is not in the queue, or the caller may not read it where it lies */
  async get(caller: Caller, queue: Pick<AnnotationQueueRow, "id">, id: string): Promise<AnnotationQueueRecordRow> {
    const row = await this.core.store.db
      .selectFrom("annotation_queue_records")
      .selectAll()
      .where("id", "=", id)
      .where("queue_id", "=", queue.id)
      .executeTakeFirst();
    if (row === undefined || !(await this.#mayRead(caller, row))) throw new NotFoundError();
    return row;
  }

  /** Those that wait already are not added again. @returns all of them, and whether any is new */
  async add(
    tx: Db,
    queue: AnnotationQueueRow,
    sourced: readonly Sourced[],
  ): Promise<{ records: AnnotationQueueRecordRow[]; anyNew: boolean }> {
    const { store, clock } = this.core;
    const before = await tx
      .selectFrom("annotation_queue_records")
      .selectAll()
      .where("queue_id", "=", queue.id)
      .execute();
    const keyOf = (row: Sourced): string => JSON.stringify([row.owner, row.record_id, row.granularity]);
    const known = new Map(before.map((row) => [keyOf(row), row]));
    const fresh = [...new Map(sourced.map((row) => [keyOf(row), row])).values()].filter(
      (row) => !known.has(keyOf(row)),
    );
    if (fresh.length > 0) {
      const ids = await store.newIds(tx, "AnnotationQueueRecord", fresh.length);
      const rows = fresh.map((row, index): AnnotationQueueRecordRow => ({
        ...(ids[index] ?? { id: "", seq: 0 }),
        queue_id: queue.id,
        ...row,
        created_at: clock.now(),
      }));
      for (const chunk of chunks(rows, ROWS_PER_INSERT))
        await tx.insertInto("annotation_queue_records").values(chunk).execute();
      await assignNew(tx, queue, rows);
      for (const row of rows) known.set(keyOf(row), row);
    }
    return { records: sourced.flatMap((row) => known.get(keyOf(row)) ?? []), anyNew: fresh.length > 0 };
  }

  /** Ids that are not of this queue are passed over. */
  async delete(queue: Pick<AnnotationQueueRow, "id">, ids: readonly string[]): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      const records = tx
        .selectFrom("annotation_queue_records")
        .select("id")
        .where("queue_id", "=", queue.id)
        .where("id", "in", ids);
      await tx.deleteFrom("annotation_queue_assignments").where("record_id", "in", records).execute();
      await tx.deleteFrom("annotation_queue_records").where("queue_id", "=", queue.id).where("id", "in", ids).execute();
    });
  }

  /**
   * Writes where the record lies, as annotating it there would; whoever is assigned and annotates has completed the record.
   * @throws InvalidRequestError for a name that is not one of the queue's configs, NotFoundError when the span is gone
   */
  async annotate(
    caller: Caller,
    queue: AnnotationQueueRow,
    record: AnnotationQueueRecordRow,
    values: readonly AnnotationInput[],
  ): Promise<void> {
    await this.#requireConfigsOf(queue, values);
    const annotations = [{ record_id: record.record_id, values: [...values] }];
    if (record.source_type === "DATASET") {
      await this.annotations.write(caller, queue.space_id, record.owner, annotations, async (ids) => new Set(ids));
    } else {
      const project = await locate(this.core.store.db, "project", record.owner);
      if (project === null) throw new NotFoundError();
      await this.spans.annotate(caller, project.entity, {
        annotations,
        granularity: record.granularity === "TRACE" ? "TRACE" : "SPAN",
        start_time: formatTimestamp(record.start_time ?? 0),
        end_time: formatTimestamp(Math.min(record.end_time ?? 0, this.core.clock.now())),
      });
    }
    await this.core.store.db
      .updateTable("annotation_queue_assignments")
      .set({ status: "COMPLETED" })
      .where("record_id", "=", record.id)
      .where("user_id", "=", caller.principal.userId)
      .execute();
  }

  /** Replaces who it waits for; everybody begins anew. @throws UnprocessableError for somebody who cannot be an annotator of the space */
  async assign(queue: AnnotationQueueRow, record: AnnotationQueueRecordRow, emails: readonly string[]): Promise<void> {
    const { store } = this.core;
    const space = await locate(store.db, "space", queue.space_id);
    if (space === null) throw new NotFoundError();
    const users = await annotatorsNamed(store.db, spaceRef(space.entity), emails);
    await store.transaction(async (tx) => {
      await tx.deleteFrom("annotation_queue_assignments").where("record_id", "=", record.id).execute();
      if (users.length > 0)
        await tx
          .insertInto("annotation_queue_assignments")
          .values(users.map((user_id) => ({ record_id: record.id, user_id, status: "PENDING" as const })))
          .execute();
    });
  }

  async #mayRead(caller: Caller, { source_type, owner }: AnnotationQueueRecordRow): Promise<boolean> {
    if (source_type === "DATASET") return true;
    const project = await locate(this.core.store.db, "project", owner);
    return project !== null && this.core.gate.may(caller, "PROJECT_SPAN_READ", project.ref);
  }

  async #requireConfigsOf(queue: Pick<AnnotationQueueRow, "id">, values: readonly AnnotationInput[]): Promise<void> {
    const configs = await this.core.store.db
      .selectFrom("annotation_queue_configs")
      .innerJoin("annotation_configs", "annotation_configs.id", "annotation_queue_configs.config_id")
      .select("name")
      .where("queue_id", "=", queue.id)
      .execute();
    const unknown = values.map(({ name }) => name).filter((name) => !configs.some((config) => config.name === name));
    if (unknown.length === 0) return;
    throw new InvalidRequestError(
      `annotations: ${someOf(unknown)} is none of the queue's annotation configs, which are ${someOf(configs.map(({ name }) => name))}.`,
    );
  }
}

async function assignNew(
  tx: Db,
  queue: AnnotationQueueRow,
  records: readonly AnnotationQueueRecordRow[],
): Promise<void> {
  const annotators = await tx
    .selectFrom("annotation_queue_annotators")
    .select("user_id")
    .where("queue_id", "=", queue.id)
    .orderBy("position")
    .execute();
  if (annotators.length === 0) return;
  const of = (): { user_id: string }[] =>
    queue.assignment_method === "ALL" ? annotators : annotators.slice(randomInt(annotators.length)).slice(0, 1);
  const rows = records.flatMap(({ id }) =>
    of().map(({ user_id }) => ({ record_id: id, user_id, status: "PENDING" as const })),
  );
  for (const chunk of chunks(rows, ROWS_PER_INSERT))
    await tx.insertInto("annotation_queue_assignments").values(chunk).execute();
}
