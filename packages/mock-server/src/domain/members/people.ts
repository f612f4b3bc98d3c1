import { NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { UserRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";

/**
 * A person of the account who can be given something. Bot users are not found: their roles are fixed when their key is made.
 * @throws NotFoundError when the id is nobody's, or that of somebody removed; InvalidRequestError when it is no user's id at all
 */
export async function findPerson(db: Db, accountId: string, userId: string): Promise<UserRow> {
  const found = await locate(db, "user", userId);
  if (found === null || found.entity.account_id !== accountId || found.entity.status === "INACTIVE")
    throw new NotFoundError();
  return found.entity;
}
