import { MANAGED_ROLES, type ManagedRole } from "@axlab/auth";
import { UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { RoleBindingRow, RoleRow } from "../../store/tables/index.js";
import { findRole } from "../roles/roles.js";

const LEVELS: ReadonlyMap<string, ManagedRole["level"]> = new Map(MANAGED_ROLES.map(({ key, level }) => [key, level]));

/**
 * A role that a binding on such a resource may give: a custom role anywhere, a managed project role on projects. The managed roles of
 * spaces, organizations and the account are given by membership, where an Admin is more than its permissions (`spec/access.md §4`).
 * @throws NotFoundError, UnprocessableError
 */
export async function bindableRole(
  db: Db,
  accountId: string,
  roleId: string,
  resourceType: RoleBindingRow["resource_type"],
): Promise<RoleRow> {
  const role = await findRole(db, accountId, roleId);
  const level = role.managed_key === null ? null : LEVELS.get(role.managed_key);
  if (level === null || (level === "project" && resourceType === "PROJECT")) return role;
  throw new UnprocessableError(
    `role_id: ${role.name} cannot be bound on a ${resourceType.toLowerCase()}. ${REMEDIES[level ?? "account"]}`,
  );
}

const REMEDIES: Record<ManagedRole["level"], string> = {
  account: "Account roles are given when a user is created (POST /v2/users).",
  organization: "Organization roles are given by POST /v2/organizations/{org_id}/users.",
  space: "Space roles are given by POST /v2/spaces/{space_id}/users.",
  project: "Project roles are bound on projects (resource_type PROJECT).",
};
