import { formatTimestamp, isJsonObject, type JsonObject } from "@axlab/wire";
import {
  AnnotationConfig,
  type CreateAnnotationConfigRequest,
  type UpdateAnnotationConfigRequest,
} from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError, InvalidRequestError, UnprocessableError } from "../../errors.js";
import type { AnnotationConfigRow, SpaceRow } from "../../store/tables/index.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";
import { readStoredObject, someOf } from "../rows.js";
import { readableSpaces, type SpaceFilter } from "../space-scope.js";

/** The vocabulary of annotations in a space. */
export class AnnotationConfigs {
  constructor(private readonly core: Core) {}

  async list(
    caller: Caller,
    request: PageRequest & SpaceFilter & { name?: string | undefined },
  ): Promise<Page<AnnotationConfig>> {
    const spaces = await readableSpaces(this.core, caller, request, "ANNOTATION_CONFIG_READ");
    return pageBySeq(
      request,
      async (after, count) => {
        if (spaces.length === 0) return [];
        let rows = this.core.store.db
          .selectFrom("annotation_configs")
          .selectAll()
          .where(
            "space_id",
            "in",
            spaces.map(({ id }) => id),
          )
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      presentAnnotationConfig,
    );
  }

  async create(space: SpaceRow, request: CreateAnnotationConfigRequest): Promise<AnnotationConfig> {
    const { annotation_config_type: type, name, space_id: _, ...settings } = request;
    requireRange(settings);
    const { store, clock } = this.core;
    return withUniqueName("an annotation config", name, "space", () =>
      store.transaction(async (tx) => {
        const row: AnnotationConfigRow = {
          ...(await store.newId(tx, "AnnotationConfig")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          type,
          settings: JSON.stringify(settings),
          created_at: clock.now(),
        };
        await tx.insertInto("annotation_configs").values(row).execute();
        return presentAnnotationConfig(row);
      }),
    );
  }

  /** @throws UnprocessableError when the request names another type than the stored one */
  async update(row: AnnotationConfigRow, request: UpdateAnnotationConfigRequest): Promise<AnnotationConfig> {
    const { annotation_config_type: type, name, ...settings } = request;
    if (type !== row.type)
      throw new UnprocessableError(
        `annotation_config_type: this config is ${row.type}, and a config's type cannot change.`,
      );
    const merged = { ...readStoredObject(row.settings), ...defined(settings) };
    requireRange(merged);
    const changed: AnnotationConfigRow = { ...row, name: name ?? row.name, settings: JSON.stringify(merged) };
    await withUniqueName("an annotation config", changed.name, "space", () =>
      this.core.store.db
        .updateTable("annotation_configs")
        .set({ name: changed.name, settings: changed.settings })
        .where("id", "=", row.id)
        .execute(),
    );
    return presentAnnotationConfig(changed);
  }

  /** @throws ConflictError while an annotation queue asks for it */
  async delete(row: AnnotationConfigRow): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      const queues = await tx
        .selectFrom("annotation_queue_configs")
        .innerJoin("annotation_queues", "annotation_queues.id", "annotation_queue_configs.queue_id")
        .select("annotation_queues.name")
        .where("config_id", "=", row.id)
        .execute();
      if (queues.length > 0)
        throw new ConflictError(
          `This config belongs to the annotation queue ${someOf(queues.map(({ name }) => name))}; take it out of the queue, or delete the queue, first.`,
        );
      await tx.deleteFrom("annotation_configs").where("id", "=", row.id).execute();
    });
  }
}

export const presentAnnotationConfig = (row: AnnotationConfigRow): AnnotationConfig =>
  AnnotationConfig.parse({
    id: row.id,
    name: row.name,
    space_id: row.space_id,
    created_at: formatTimestamp(row.created_at),
    type: row.type,
    ...readStoredObject(row.settings),
  });

function requireRange(settings: object): void {
  if (!("minimum_score" in settings && "maximum_score" in settings)) return;
  const { minimum_score: low, maximum_score: high } = settings;
  if (typeof low === "number" && typeof high === "number" && low >= high) {
    throw new InvalidRequestError(`minimum_score: ${low} is not below maximum_score ${high}.`);
  }
}

function defined(fields: object): JsonObject {
  const kept: unknown = JSON.parse(JSON.stringify(fields));
  return isJsonObject(kept) ? kept : {};
}
