import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetRow, ExperimentRow, SpaceRow, TagRow } from "../../store/tables/index.js";
import { withUniqueName } from "../names.js";
import { inStatements, someOf } from "../rows.js";

/** Names that the datasets and experiments of a space are sorted by. Whoever calls has asked the gate. */
export class Tags {
  constructor(private readonly core: Core) {}

  /** @throws ConflictError when the space has a tag of that name */
  async create(caller: Caller, space: SpaceRow, name: string): Promise<TagRow> {
    const { store, clock } = this.core;
    return withUniqueName("a tag", name, "space", () =>
      store.transaction(async (tx) => {
        const row: TagRow = {
          ...(await store.newId(tx, "Tag")),
          account_id: space.account_id,
          space_id: space.id,
          name,
          created_by_user_id: caller.principal.userId,
          created_at: clock.now(),
        };
        await tx.insertInto("tags").values(row).execute();
        return row;
      }),
    );
  }

  /** Whatever has the tag loses it. */
  async delete({ id }: TagRow): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      await tx.deleteFrom("tag_links").where("tag_id", "=", id).execute();
      await tx.deleteFrom("tags").where("id", "=", id).execute();
    });
  }

  /** A tag that it has already stays. All or none. @throws InvalidRequestError for a tag that the space does not have */
  async add(owner: DatasetRow | ExperimentRow, tagIds: readonly string[]): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      await requireTagsOf(tx, owner.space_id, tagIds);
      for (const tag_id of tagIds)
        await tx
          .insertInto("tag_links")
          .values({ owner_id: owner.id, tag_id })
          .onConflict((conflict) => conflict.columns(["owner_id", "tag_id"]).doNothing())
          .execute();
    });
  }

  /** A tag that it does not have is no error. All or none. @throws InvalidRequestError for a tag that the space does not have */
  async remove(owner: DatasetRow | ExperimentRow, tagIds: readonly string[]): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      await requireTagsOf(tx, owner.space_id, tagIds);
      for (const tag_id of tagIds)
        await tx.deleteFrom("tag_links").where("owner_id", "=", owner.id).where("tag_id", "=", tag_id).execute();
    });
  }
}

async function requireTagsOf(tx: Db, spaceId: string, tagIds: readonly string[]): Promise<void> {
  if (tagIds.length === 0) throw new InvalidRequestError("tagIds: missing; name at least one tag.");
  const known = new Set<string>();
  await inStatements(tagIds, async (some) => {
    const rows = await tx
      .selectFrom("tags")
      .select("id")
      .where("space_id", "=", spaceId)
      .where("id", "in", some)
      .execute();
    for (const { id } of rows) known.add(id);
  });
  const missing = tagIds.filter((id) => !known.has(id));
  if (missing.length > 0)
    throw new InvalidRequestError(`tagIds: this space has no tag ${someOf(missing)}; nothing was changed.`);
}
