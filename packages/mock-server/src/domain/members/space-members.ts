import type { SpaceMembership, SpaceRoleAssignment } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { SpaceMemberRow, SpaceRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { putBinding } from "../role-bindings/put.js";
import { bindableRole } from "../role-bindings/rules.js";
import { refuseAnnotatorMismatch } from "./annotators.js";
import { leaveSpace } from "./leave.js";
import { findPerson } from "./people.js";

/** Who belongs to a space, and as what: by one of its four managed roles, or by a custom role, which is then a role binding on the space. */
export class SpaceMembers {
  constructor(private readonly core: Core) {}

  /**
   * Adds a person, or changes the role they have. A managed role needs a space admin, a custom one ROLE_BINDING_CREATE.
   * @throws ForbiddenError or NotFoundError as the gate says; NotFoundError for an unknown person or role; InvalidRequestError for a person who
   * is not in the organization, or a role that annotators alone may or may not have
   */
  async put(
    caller: Caller,
    spaceId: string,
    userId: string,
    assignment: SpaceRoleAssignment,
  ): Promise<SpaceMembership> {
    const { store, gate, epoch } = this.core;
    const found = await locate(store.db, "space", spaceId);
    gate.require(caller, assignment.type === "CUSTOM" ? "ROLE_BINDING_CREATE" : "SPACE_ADMIN", found?.ref ?? null);
    if (found === null) throw new NotFoundError();
    const space = found.entity;
    return epoch.change(async (tx) => {
      const user = await findPerson(tx, space.account_id, userId);
      refuseAnnotatorMismatch(user, assignment.type === "CUSTOM" ? "CUSTOM" : assignment.name);
      await refuseOutsider(tx, space, userId);
      const role =
        assignment.type === "CUSTOM" ? await bindableRole(tx, space.account_id, assignment.id, "SPACE") : null;
      const before = await tx
        .selectFrom("space_members")
        .selectAll()
        .where("space_id", "=", space.id)
        .where("user_id", "=", userId)
        .executeTakeFirst();
      if (role !== null)
        await putBinding(this.core, tx, {
          account_id: space.account_id,
          role_id: role.id,
          user_id: userId,
          resource_type: "SPACE",
          resource_id: space.id,
        });
      else if (before?.role === null)
        await tx
          .deleteFrom("role_bindings")
          .where("user_id", "=", userId)
          .where("resource_id", "=", space.id)
          .execute();
      const row = await this.#write(tx, before, space, userId, assignment.type === "CUSTOM" ? null : assignment.name);
      return {
        id: row.id,
        user_id: userId,
        space_id: space.id,
        role: role !== null ? { type: "CUSTOM", id: role.id, name: role.name } : assignment,
      };
    });
  }

  /** Drops the membership and the person's binding on the space. @throws NotFoundError when they are no member */
  async remove(space: SpaceRow, userId: string): Promise<void> {
    await this.core.epoch.change(async (tx) => {
      await findPerson(tx, space.account_id, userId);
      if (!(await leaveSpace(tx, space.id, userId))) throw new NotFoundError();
    });
  }

  async #write(
    tx: Db,
    before: SpaceMemberRow | undefined,
    space: SpaceRow,
    userId: string,
    role: SpaceMemberRow["role"],
  ): Promise<SpaceMemberRow> {
    if (before !== undefined) {
      await tx.updateTable("space_members").set({ role }).where("id", "=", before.id).execute();
      return { ...before, role };
    }
    const row: SpaceMemberRow = {
      ...(await this.core.store.newId(tx, "SpaceMember")),
      space_id: space.id,
      user_id: userId,
      role,
      created_at: this.core.clock.now(),
    };
    await tx.insertInto("space_members").values(row).execute();
    return row;
  }
}

async function refuseOutsider(tx: Db, space: SpaceRow, userId: string): Promise<void> {
  const member = await tx
    .selectFrom("organization_members")
    .select("id")
    .where("organization_id", "=", space.organization_id)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  if (member !== undefined) return;
  throw new InvalidRequestError(
    `user_id: ${userId} does not belong to the space's organization ${space.organization_id}; add them there first (POST /v2/organizations/{org_id}/users).`,
  );
}
