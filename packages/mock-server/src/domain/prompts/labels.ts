import type { Core } from "../../core.js";
import { NotFoundError } from "../../errors.js";
import type { PromptVersionRow } from "../../store/tables/index.js";

type Version = Pick<PromptVersionRow, "id" | "prompt_id">;

/** Names such as `production` that point at one version of a prompt and move from version to version. */
export class PromptLabels {
  constructor(private readonly core: Core) {}

  /** By version id, each in alphabetical order; a version without labels is not in the map. */
  async of(versionIds: readonly string[]): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    if (versionIds.length === 0) return found;
    const rows = await this.core.store.db
      .selectFrom("prompt_labels")
      .selectAll()
      .where("version_id", "in", versionIds)
      .orderBy("name")
      .execute();
    for (const { version_id, name } of rows) found.set(version_id, [...(found.get(version_id) ?? []), name]);
    return found;
  }

  /** The version has these and no others; one that another version of the prompt held moves here. */
  async replace(version: Version, names: readonly string[]): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      await tx.deleteFrom("prompt_labels").where("version_id", "=", version.id).execute();
      for (const name of names) {
        await tx
          .insertInto("prompt_labels")
          .values({ prompt_id: version.prompt_id, name, version_id: version.id })
          .onConflict((conflict) => conflict.columns(["prompt_id", "name"]).doUpdateSet({ version_id: version.id }))
          .execute();
      }
    });
  }

  /** Adds one to those the version has, taking it from the version that held it. */
  async add(version: Version, name: string): Promise<void> {
    const names = (await this.of([version.id])).get(version.id) ?? [];
    await this.replace(version, [...new Set([...names, name])]);
  }

  /** @throws NotFoundError when the version does not have it */
  async remove(version: Version, name: string): Promise<void> {
    const { numDeletedRows } = await this.core.store.db
      .deleteFrom("prompt_labels")
      .where("version_id", "=", version.id)
      .where("name", "=", name)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new NotFoundError(`This prompt version has no label "${name}".`);
  }
}
