import { formatTimestamp } from "@axlab/wire";
import type { User, UserStatus } from "@axlab/wire/rest";
import { NotFoundError } from "../../errors.js";
import type { UserRow } from "../../store/tables/index.js";

/** An invitation that nobody took up in time has expired; nothing is written when it does. */
export function statusOf(row: Pick<UserRow, "status" | "invite_expires_at">, now: number): UserStatus | "INACTIVE" {
  if (row.status !== "INVITED") return row.status;
  return row.invite_expires_at !== null && now >= row.invite_expires_at ? "EXPIRED" : "INVITED";
}

/** REST has no name for Member – UI only: such a person is a MEMBER without developer access. @throws NotFoundError for somebody removed */
export function presentUser(row: UserRow, now: number): User {
  const status = statusOf(row, now);
  if (status === "INACTIVE" || row.email === null) throw new NotFoundError();
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    created_at: formatTimestamp(row.created_at),
    status,
    role: { type: "PREDEFINED", name: row.account_role === "MEMBER_UI_ONLY" ? "MEMBER" : row.account_role },
    is_developer: row.is_developer === 1,
  };
}
