import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { StagedUploadRow } from "../../store/tables/index.js";

const SILENT_TOO_LONG_MS = 15 * 60_000;
/** Another process may have had this one's number before; the last part tells them apart. */
const THIS_PROCESS = { host: hostname(), pid: process.pid, run: randomUUID() };

/**
 * Examples or runs on their way into the store. Each batch is written by itself, so that a slow sender holds no transaction open; all lie
 * under an owner that nothing refers to, and nobody sees them before `finish` is part of the transaction that makes them somebody's.
 */
export class StagedUpload {
  private constructor(
    private readonly core: Core,
    readonly owner: string,
  ) {}

  /** @param owner the id that the rows will lie under: a version's or an experiment's that is not there yet */
  static async begin(core: Core, owner: string): Promise<StagedUpload> {
    await purgeAbandonedUploads(core);
    await core.store.db
      .insertInto("staged_uploads")
      .values({ owner, process: JSON.stringify(THIS_PROCESS), touched_at: core.clock.now() })
      .execute();
    return new StagedUpload(core, owner);
  }

  /** Says that the upload goes on; first in every transaction that writes for it. @throws ConflictError when it was given up for abandoned */
  async touch(tx: Db): Promise<void> {
    const { numUpdatedRows } = await tx
      .updateTable("staged_uploads")
      .set({ touched_at: this.core.clock.now() })
      .where("owner", "=", this.owner)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw givenUp();
  }

  /** @throws ConflictError when it was given up for abandoned */
  async finish(tx: Db): Promise<void> {
    const { numDeletedRows } = await tx.deleteFrom("staged_uploads").where("owner", "=", this.owner).executeTakeFirst();
    if (numDeletedRows === 0n) throw givenUp();
  }

  /** Leaves nothing behind; what was finished stays. */
  async abort(): Promise<void> {
    await this.core.store.transaction((tx) => discard(tx, { owner: this.owner }));
  }
}

const givenUp = (): ConflictError =>
  new ConflictError(
    "The upload was silent for a quarter of an hour and was given up; nothing was stored. Send it again.",
  );

/** @param touched_at when it was found silent: an upload that has gone on since then is left alone */
async function discard(
  tx: Db,
  { owner, touched_at }: Pick<StagedUploadRow, "owner"> & Partial<StagedUploadRow>,
): Promise<void> {
  let staged = tx.deleteFrom("staged_uploads").where("owner", "=", owner);
  if (touched_at !== undefined) staged = staged.where("touched_at", "=", touched_at);
  const { numDeletedRows } = await staged.executeTakeFirst();
  // It was finished: the rows under this owner are a dataset's.
  if (numDeletedRows === 0n) return;
  await tx.deleteFrom("dataset_examples").where("version_id", "=", owner).execute();
  await tx.deleteFrom("experiment_runs").where("experiment_id", "=", owner).execute();
}

/** Removes what was left behind by processes that ended in the middle of an upload, and by senders who fell silent. */
export async function purgeAbandonedUploads({ store, clock }: Core): Promise<void> {
  const staged = await store.db.selectFrom("staged_uploads").selectAll().execute();
  for (const upload of staged) {
    if (upload.touched_at >= clock.now() - SILENT_TOO_LONG_MS && !hasEnded(upload)) continue;
    await store.transaction((tx) => discard(tx, upload));
  }
}

function hasEnded({ process: text }: StagedUploadRow): boolean {
  const sender: unknown = JSON.parse(text);
  if (typeof sender !== "object" || sender === null || !("host" in sender && "pid" in sender && "run" in sender))
    return true;
  if (sender.host !== THIS_PROCESS.host || typeof sender.pid !== "number") return false;
  if (sender.pid === THIS_PROCESS.pid) return sender.run !== THIS_PROCESS.run;
  return !isRunning(sender.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs as well.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
