import type { OrganizationMembership, OrganizationRoleAssignment } from "@axlab/wire/rest";
import type { Core } from "../../core.js";
import { NotFoundError, UnprocessableError } from "../../errors.js";
import type { OrganizationMemberRow, OrganizationRow } from "../../store/tables/index.js";
import { refuseAnnotatorMismatch } from "./annotators.js";
import { leaveOrganization } from "./leave.js";
import { findPerson } from "./people.js";

/** Who belongs to an organization, and as what. Whoever calls has asked the gate for ORGANIZATION_ADMIN. */
export class OrganizationMembers {
  constructor(private readonly core: Core) {}

  /**
   * Adds a person, or changes the role they have.
   * @throws NotFoundError for an unknown person, InvalidRequestError for a role that annotators alone may or may not have,
   * UnprocessableError for a custom role
   */
  async put(
    organization: OrganizationRow,
    userId: string,
    assignment: OrganizationRoleAssignment,
  ): Promise<OrganizationMembership> {
    const { store, epoch, clock } = this.core;
    if (assignment.type === "CUSTOM") {
      throw new UnprocessableError(
        "role: custom roles are given on spaces and projects; in an organization choose ADMIN, MEMBER, READ_ONLY or ANNOTATOR.",
      );
    }
    return epoch.change(async (tx) => {
      const user = await findPerson(tx, organization.account_id, userId);
      refuseAnnotatorMismatch(user, assignment.name);
      const before = await tx
        .selectFrom("organization_members")
        .selectAll()
        .where("organization_id", "=", organization.id)
        .where("user_id", "=", userId)
        .executeTakeFirst();
      if (before !== undefined) {
        await tx
          .updateTable("organization_members")
          .set({ role: assignment.name })
          .where("id", "=", before.id)
          .execute();
        return presentMembership({ ...before, role: assignment.name });
      }
      const id = await store.newId(tx, "AccountOrganizationMember");
      const row: OrganizationMemberRow = {
        ...id,
        organization_id: organization.id,
        user_id: userId,
        role: assignment.name,
        created_at: clock.now(),
      };
      await tx.insertInto("organization_members").values(row).execute();
      return presentMembership(row);
    });
  }

  /** Takes the person out of the organization's spaces as well. @throws NotFoundError when they are no member */
  async remove(organization: OrganizationRow, userId: string): Promise<void> {
    await this.core.epoch.change(async (tx) => {
      await findPerson(tx, organization.account_id, userId);
      if (!(await leaveOrganization(tx, organization.id, userId))) throw new NotFoundError();
    });
  }
}

const presentMembership = (row: OrganizationMemberRow): OrganizationMembership => ({
  id: row.id,
  user_id: row.user_id,
  organization_id: row.organization_id,
  role: { type: "PREDEFINED", name: row.role },
});
