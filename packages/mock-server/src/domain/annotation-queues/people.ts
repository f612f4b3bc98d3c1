import { decide, type SpaceRef } from "@axlab/auth";
import type { AnnotatorUser } from "@axlab/wire/rest";
import { loadPrincipal } from "../../access/principals.js";
import { UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import { someOf } from "../rows.js";

/**
 * The people behind these addresses, in that order.
 * @throws UnprocessableError when somebody is not an active person of the account, or may not read the records of the space's queues
 */
export async function annotatorsNamed(db: Db, space: SpaceRef, emails: readonly string[]): Promise<string[]> {
  if (emails.length === 0) return [];
  const users = await db
    .selectFrom("users")
    .selectAll()
    .where("account_id", "=", space.accountId)
    .where("kind", "=", "human")
    .where("status", "=", "ACTIVE")
    .execute();
  const byEmail = new Map(users.map((user) => [user.email?.toLowerCase(), user]));
  const ids: string[] = [];
  const unfit: string[] = [];
  for (const email of emails) {
    const user = byEmail.get(email.toLowerCase());
    const fits = user !== undefined && decide(await loadPrincipal(db, user), "QUEUE_RECORD_READ", space).allowed;
    if (fits) ids.push(user.id);
    else unfit.push(email);
  }
  if (unfit.length === 0) return ids;
  throw new UnprocessableError(
    `${someOf(unfit)}: not an active person of this account with access to the queue's space.`,
  );
}

/** By user id; people who were removed from the account are not in the map. */
export async function peopleOf(db: Db, ids: readonly string[]): Promise<Map<string, AnnotatorUser>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("users")
    .select(["id", "email"])
    .where("id", "in", [...new Set(ids)])
    .where("status", "!=", "INACTIVE")
    .execute();
  return new Map(rows.map(({ id, email }) => [id, { id, email: email ?? "" }]));
}
