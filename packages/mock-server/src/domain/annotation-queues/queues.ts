import { formatTimestamp } from "@axlab/wire";
import type { AnnotationQueue } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError, UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { AnnotationQueueRow, SpaceRow } from "../../store/tables/index.js";
import { presentAnnotationConfig } from "../annotations/configs.js";
import { spaceRef } from "../locate.js";
import { withUniqueName } from "../names.js";
import type { Page } from "../paging.js";
import { someOf } from "../rows.js";
import { recentInSpaces, type SpaceListRequest } from "../space-list.js";
import { annotatorsNamed, peopleOf } from "./people.js";

export interface NewQueue {
  name: string;
  instructions?: string | undefined;
  assignment_method: AnnotationQueueRow["assignment_method"];
  annotation_config_ids: readonly string[];
  annotator_emails: readonly string[];
}
export interface QueueChanges {
  name?: string | undefined;
  instructions?: string | null | undefined;
  annotation_config_ids?: readonly string[] | undefined;
  annotator_emails?: readonly string[] | undefined;
}

/** Queues of a space: which records wait to be annotated, with which configs, by whom (`spec/rest.md §3.15`). */
export class AnnotationQueues {
  constructor(private readonly core: Core) {}

  /** Most recently updated first. */
  async list(caller: Caller, request: SpaceListRequest): Promise<Page<AnnotationQueueRow>> {
    return recentInSpaces(this.core, caller, "annotation_queues", "QUEUE_READ", request);
  }

  /**
   * @param fill adds the first records, in the same transaction: without them there is no queue
   * @throws ConflictError when the space has a queue of that name, NotFoundError for a config that the space does not have, UnprocessableError
   * for an annotator who cannot be one
   */
  async create(
    caller: Caller,
    space: SpaceRow,
    request: NewQueue,
    fill: (tx: Db, queue: AnnotationQueueRow) => Promise<void> = async () => undefined,
  ): Promise<AnnotationQueueRow> {
    const { store, clock } = this.core;
    const now = clock.now();
    const annotators = await annotatorsNamed(store.db, spaceRef(space), request.annotator_emails);
    return withUniqueName("an annotation queue", request.name, "space", () =>
      store.transaction(async (tx) => {
        const queue: AnnotationQueueRow = {
          ...(await store.newId(tx, "AnnotationQueue")),
          account_id: space.account_id,
          space_id: space.id,
          name: request.name,
          instructions: request.instructions ?? null,
          assignment_method: request.assignment_method,
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("annotation_queues").values(queue).execute();
        await setConfigs(tx, queue, request.annotation_config_ids);
        await setAnnotators(tx, queue, annotators);
        await fill(tx, queue);
        return queue;
      }),
    );
  }

  /** New annotators are assigned to the records that come from then on; those who leave the queue leave its records. @throws as `create` */
  async update(row: AnnotationQueueRow, space: SpaceRow, changes: QueueChanges): Promise<AnnotationQueueRow> {
    const { store, clock } = this.core;
    const annotators =
      changes.annotator_emails && (await annotatorsNamed(store.db, spaceRef(space), changes.annotator_emails));
    const changed: AnnotationQueueRow = {
      ...row,
      name: changes.name ?? row.name,
      instructions: changes.instructions === undefined ? row.instructions : changes.instructions,
      updated_at: clock.now(),
    };
    const { name, instructions, updated_at } = changed;
    await withUniqueName("an annotation queue", name, "space", () =>
      store.transaction(async (tx) => {
        await tx
          .updateTable("annotation_queues")
          .set({ name, instructions, updated_at })
          .where("id", "=", row.id)
          .execute();
        if (changes.annotation_config_ids !== undefined) await setConfigs(tx, row, changes.annotation_config_ids);
        if (annotators !== undefined) await setAnnotators(tx, row, annotators);
      }),
    );
    return changed;
  }

  /** Its records leave the queue; what was said of them stays where they lie. */
  async delete(row: Pick<AnnotationQueueRow, "id">): Promise<void> {
    await this.core.store.transaction((tx) => deleteAnnotationQueues(tx, [row.id]));
  }

  async present(rows: readonly AnnotationQueueRow[]): Promise<AnnotationQueue[]> {
    if (rows.length === 0) return [];
    const { db } = this.core.store;
    const ids = rows.map(({ id }) => id);
    const [configs, annotators] = await Promise.all([
      db
        .selectFrom("annotation_queue_configs")
        .innerJoin("annotation_configs", "annotation_configs.id", "annotation_queue_configs.config_id")
        .selectAll("annotation_configs")
        .select("queue_id")
        .where("queue_id", "in", ids)
        .orderBy("position")
        .execute(),
      db
        .selectFrom("annotation_queue_annotators")
        .selectAll()
        .where("queue_id", "in", ids)
        .orderBy("position")
        .execute(),
    ]);
    const people = await peopleOf(
      db,
      annotators.map(({ user_id }) => user_id),
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      space_id: row.space_id,
      instructions: row.instructions,
      annotation_configs: configs.filter(({ queue_id }) => queue_id === row.id).map(presentAnnotationConfig),
      annotators: annotators.flatMap(({ queue_id, user_id }) =>
        queue_id === row.id ? (people.get(user_id) ?? []) : [],
      ),
      created_at: formatTimestamp(row.created_at),
      updated_at: formatTimestamp(row.updated_at),
    }));
  }
}

async function setConfigs(tx: Db, queue: AnnotationQueueRow, ids: readonly string[]): Promise<void> {
  const there = await tx
    .selectFrom("annotation_configs")
    .select(["id", "space_id"])
    .where("account_id", "=", queue.account_id)
    .where("id", "in", ids)
    .execute();
  const missing = ids.filter((id) => !there.some((config) => config.id === id));
  if (missing.length > 0)
    throw new NotFoundError(`annotation_config_ids: no such annotation config: ${someOf(missing)}.`);
  const elsewhere = there.filter((config) => config.space_id !== queue.space_id).map(({ id }) => id);
  if (elsewhere.length > 0)
    throw new UnprocessableError(`annotation_config_ids: ${someOf(elsewhere)} is not of the queue's space.`);
  await tx.deleteFrom("annotation_queue_configs").where("queue_id", "=", queue.id).execute();
  await tx
    .insertInto("annotation_queue_configs")
    .values(ids.map((config_id, position) => ({ queue_id: queue.id, config_id, position })))
    .execute();
}

async function setAnnotators(tx: Db, queue: AnnotationQueueRow, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom("annotation_queue_annotators").where("queue_id", "=", queue.id).execute();
  await tx
    .insertInto("annotation_queue_annotators")
    .values(ids.map((user_id, position) => ({ queue_id: queue.id, user_id, position })))
    .execute();
  await tx
    .deleteFrom("annotation_queue_assignments")
    .where("record_id", "in", tx.selectFrom("annotation_queue_records").select("id").where("queue_id", "=", queue.id))
    .where("user_id", "not in", ids)
    .execute();
}

export async function deleteAnnotationQueues(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const records = tx.selectFrom("annotation_queue_records").select("id").where("queue_id", "in", ids);
  await tx.deleteFrom("annotation_queue_assignments").where("record_id", "in", records).execute();
  await tx.deleteFrom("annotation_queue_records").where("queue_id", "in", ids).execute();
  await tx.deleteFrom("annotation_queue_annotators").where("queue_id", "in", ids).execute();
  await tx.deleteFrom("annotation_queue_configs").where("queue_id", "in", ids).execute();
  await tx.deleteFrom("annotation_queues").where("id", "in", ids).execute();
}

/** A project or the versions of a dataset go: what of them waits in a queue leaves it. */
export async function dequeueRecordsOf(tx: Db, owners: readonly string[]): Promise<void> {
  if (owners.length === 0) return;
  const records = tx.selectFrom("annotation_queue_records").select("id").where("owner", "in", owners);
  await tx.deleteFrom("annotation_queue_assignments").where("record_id", "in", records).execute();
  await tx.deleteFrom("annotation_queue_records").where("owner", "in", owners).execute();
}
