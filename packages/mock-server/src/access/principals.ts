import { isPermission, type Binding, type Permission, type Principal } from "@axlab/auth";
import { z } from "zod";
import type { Db } from "../store/store.js";
import type { RoleRow, UserRow } from "../store/tables/index.js";

const PermissionList = z.array(z.custom<Permission>((value) => isPermission(value)));

/** The permissions of a stored role: of a managed one from `@axlab/auth`, of a custom one from its row. */
export const permissionsOfRole = (role: Pick<RoleRow, "permissions">): Permission[] =>
  PermissionList.parse(JSON.parse(role.permissions));

/** Everything `decide` needs to know of a user, read in four queries. */
export async function loadPrincipal(db: Db, user: UserRow): Promise<Principal> {
  const [organizations, spaces, bindings] = await Promise.all([
    db.selectFrom("organization_members").select(["organization_id", "role"]).where("user_id", "=", user.id).execute(),
    db.selectFrom("space_members").select(["space_id", "role"]).where("user_id", "=", user.id).execute(),
    db
      .selectFrom("role_bindings")
      .innerJoin("roles", "roles.id", "role_bindings.role_id")
      .select([
        "role_bindings.id",
        "role_bindings.resource_id",
        "roles.id as role_id",
        "roles.name",
        "roles.permissions",
      ])
      .where("role_bindings.user_id", "=", user.id)
      .where("roles.deleted_at", "is", null)
      .execute(),
  ]);
  const bound = new Map<string, Binding[]>();
  for (const row of bindings) {
    const list = bound.get(row.resource_id) ?? [];
    list.push({
      bindingId: row.id,
      roleId: row.role_id,
      roleName: row.name,
      permissions: new Set(permissionsOfRole(row)),
    });
    bound.set(row.resource_id, list);
  }
  return {
    kind: user.kind,
    userId: user.id,
    accountId: user.account_id,
    name: user.name,
    developerAccess: user.is_developer === 1,
    grants: {
      accountRole: user.account_role,
      organizationRoles: new Map(organizations.map((row) => [row.organization_id, row.role])),
      spaceRoles: new Map(spaces.map((row) => [row.space_id, row.role])),
      bindings: bound,
    },
  };
}
