import type { Core } from "../../core.js";
import { PlatformError, UnfinishedError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { DatasetRow } from "../../store/tables/index.js";
import { chunks } from "../rows.js";
import { existingIds } from "./examples.js";
import { findVersion, lockDataset, touchVersion } from "./versions.js";

/** A failure midway undoes at most these. */
const IDS_PER_TRANSACTION = 100;

export interface RemovedExamples {
  deleted: string[];
  notDeleted: string[];
}

/**
 * Deletes examples of a version in place; ids that are not there count as not deleted.
 * @throws UnfinishedError when the store failed midway, saying what is gone and what is not
 */
export async function removeExamples(
  core: Core,
  dataset: DatasetRow,
  versionId: string,
  ids: readonly string[],
): Promise<RemovedExamples> {
  const version = await findVersion(core.store.db, dataset, versionId);
  const gone = new Set<string>();
  for (const chunk of chunks(ids, IDS_PER_TRANSACTION)) {
    try {
      const removed = await core.store.transaction(async (tx) => {
        const now = core.clock.now();
        await lockDataset(tx, dataset, now);
        await touchVersion(tx, version, null, now);
        return removeChunk(tx, version.id, chunk);
      });
      for (const id of removed) gone.add(id);
    } catch (error) {
      if (error instanceof PlatformError && gone.size === 0) throw error;
      core.log.error({ error: String(error) }, "deleting examples stopped midway");
      const { deleted, notDeleted } = split(ids, gone);
      throw new UnfinishedError(
        `The store failed after ${deleted.length} of ${ids.length} examples; send those of not_deleted_example_ids again.`,
        { deleted_example_ids: deleted, not_deleted_example_ids: notDeleted },
        { cause: error },
      );
    }
  }
  return split(ids, gone);
}

const split = (ids: readonly string[], gone: ReadonlySet<string>): RemovedExamples => ({
  deleted: ids.filter((id) => gone.has(id)),
  notDeleted: ids.filter((id) => !gone.has(id)),
});

async function removeChunk(tx: Db, versionId: string, ids: readonly string[]): Promise<Set<string>> {
  const there = await existingIds(tx, versionId, ids);
  if (there.size === 0) return there;
  await tx
    .deleteFrom("dataset_examples")
    .where("version_id", "=", versionId)
    .where("example_id", "in", [...there])
    .execute();
  await tx
    .deleteFrom("annotations")
    .where(
      "record",
      "in",
      [...there].map((id) => `${versionId}/${id}`),
    )
    .execute();
  return there;
}
