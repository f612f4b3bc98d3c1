import type { Db } from "../store/store.js";
import { deletePrompts } from "./prompts/prompts.js";

/** What a space holds besides projects, datasets and experiments, deleted with it; call it inside a transaction. */
export async function deleteSpaceContents(tx: Db, spaceIds: readonly string[]): Promise<void> {
  const prompts = await tx.selectFrom("prompts").select("id").where("space_id", "in", spaceIds).execute();
  await deletePrompts(
    tx,
    prompts.map(({ id }) => id),
  );
}
