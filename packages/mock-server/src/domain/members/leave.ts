import type { Db } from "../../store/store.js";

/** Takes a user out of an organization, its spaces, and every binding on these and their projects. True when they were a member. */
export async function leaveOrganization(tx: Db, organizationId: string, userId: string): Promise<boolean> {
  const spaces = tx.selectFrom("spaces").select("id").where("organization_id", "=", organizationId);
  const projects = tx.selectFrom("projects").select("id").where("space_id", "in", spaces);
  await tx
    .deleteFrom("role_bindings")
    .where("user_id", "=", userId)
    .where((where) => where.or([where("resource_id", "in", spaces), where("resource_id", "in", projects)]))
    .execute();
  await tx.deleteFrom("space_members").where("user_id", "=", userId).where("space_id", "in", spaces).execute();
  const { numDeletedRows } = await tx
    .deleteFrom("organization_members")
    .where("user_id", "=", userId)
    .where("organization_id", "=", organizationId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Takes a user out of a space, and their binding on it. Bindings on its projects stay: they were given on their own. */
export async function leaveSpace(tx: Db, spaceId: string, userId: string): Promise<boolean> {
  await tx.deleteFrom("role_bindings").where("user_id", "=", userId).where("resource_id", "=", spaceId).execute();
  const { numDeletedRows } = await tx
    .deleteFrom("space_members")
    .where("user_id", "=", userId)
    .where("space_id", "=", spaceId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Takes a user out of everything. */
export async function leaveEverything(tx: Db, userId: string): Promise<void> {
  for (const table of ["role_bindings", "space_members", "organization_members"] as const)
    await tx.deleteFrom(table).where("user_id", "=", userId).execute();
}
