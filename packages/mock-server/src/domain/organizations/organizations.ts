import type { CreateOrganizationRequest, Organization, UpdateOrganizationRequest } from "@axlab/wire/rest";
import { formatTimestamp } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { OrganizationRow } from "../../store/tables/index.js";
import { deleteOrganizations } from "../cascade.js";
import { organizationRef } from "../locate.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";

export class Organizations {
  constructor(private readonly core: Core) {}

  async list(caller: Caller, request: PageRequest & { name?: string | undefined }): Promise<Page<Organization>> {
    const { store, gate } = this.core;
    return pageBySeq(
      request,
      (after, count) => {
        let rows = store.db
          .selectFrom("organizations")
          .selectAll()
          .where("account_id", "=", caller.principal.accountId)
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      presentOrganization,
      (row) => gate.may(caller, "ORGANIZATION_READ", organizationRef(row)),
    );
  }

  /** The creator becomes the organization's admin. */
  async create(caller: Caller, request: CreateOrganizationRequest): Promise<OrganizationRow> {
    const { store, epoch, clock } = this.core;
    const { accountId, userId } = caller.principal;
    const now = clock.now();
    return withUniqueName("an organization", request.name, "account", () =>
      epoch.change(async (tx) => {
        const row: OrganizationRow = {
          ...(await store.newId(tx, "Organization")),
          account_id: accountId,
          name: request.name,
          description: request.description ?? "",
          created_at: now,
          updated_at: now,
          created_by_user_id: userId,
        };
        await tx.insertInto("organizations").values(row).execute();
        const membership = await store.newId(tx, "AccountOrganizationMember");
        await tx
          .insertInto("organization_members")
          .values({ ...membership, organization_id: row.id, user_id: userId, role: "ADMIN", created_at: now })
          .execute();
        return row;
      }),
    );
  }

  async update(row: OrganizationRow, request: UpdateOrganizationRequest): Promise<OrganizationRow> {
    const { store, clock } = this.core;
    const changed: OrganizationRow = {
      ...row,
      name: request.name ?? row.name,
      description: request.description === undefined ? row.description : (request.description ?? ""),
      updated_at: clock.now(),
    };
    await withUniqueName("an organization", changed.name, "account", () =>
      store.db
        .updateTable("organizations")
        .set({ name: changed.name, description: changed.description, updated_at: changed.updated_at })
        .where("id", "=", row.id)
        .execute(),
    );
    return changed;
  }

  /** Takes every space of the organization along, with all that is in it. */
  async delete(row: OrganizationRow): Promise<void> {
    await this.core.epoch.change((tx) => deleteOrganizations(tx, [row.id]));
  }
}

export const presentOrganization = (row: OrganizationRow): Organization => ({
  id: row.id,
  name: row.name,
  description: row.description,
  created_at: formatTimestamp(row.created_at),
});
