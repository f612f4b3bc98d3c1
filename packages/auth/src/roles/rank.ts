import type { RoleLevel, RolesByLevel } from "./names.js";

/**
 * Which of two roles of a level may do more. Member and Member – UI only may do the same: they differ in developer
 * access, which an account admin can give and take on its own.
 */
const RANKS: { readonly [L in RoleLevel]: Readonly<Record<RolesByLevel[L], number>> } = {
  account: { ADMIN: 2, MEMBER: 1, MEMBER_UI_ONLY: 1, ANNOTATOR: 0 },
  organization: { ADMIN: 3, MEMBER: 2, ANNOTATOR: 1, READ_ONLY: 0 },
  space: { ADMIN: 3, MEMBER: 2, ANNOTATOR: 1, READ_ONLY: 0 },
  project: { ADMIN: 2, EDITOR: 1, VIEWER: 0 },
};

/** Whether `granted` may do more than `own`, so that whoever holds `own` may not hand it out. Without a role everything exceeds. */
export function roleExceeds<L extends RoleLevel>(
  level: L,
  granted: RolesByLevel[L],
  own: RolesByLevel[L] | null,
): boolean {
  return own === null || RANKS[level][granted] > RANKS[level][own];
}
