import { fieldsHiddenFrom, formatTimestamp, type ClientVersion } from "@axlab/wire";
import type { CreateSpaceRequest, Space, UpdateSpaceRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { OrganizationRow, SpaceRow } from "../../store/tables/index.js";
import { deleteSpaces } from "../cascade.js";
import { spaceRef } from "../locate.js";
import { contains, withUniqueName } from "../names.js";
import { pageBySeq, type Page, type PageRequest } from "../paging.js";

export interface SpaceFilter {
  organizationId?: string | undefined;
  name?: string | undefined;
}

/** What only GraphQL can set (`spec/graphql.md §8`). */
export type SpaceAppearance = Partial<
  Pick<SpaceRow, "gradient_start_color" | "gradient_end_color" | "ml_models_enabled">
>;

export class Spaces {
  constructor(private readonly core: Core) {}

  async list(caller: Caller, request: PageRequest & SpaceFilter): Promise<Page<SpaceRow>> {
    const { store, gate } = this.core;
    return pageBySeq(
      request,
      (after, count) => {
        let rows = store.db
          .selectFrom("spaces")
          .selectAll()
          .where("account_id", "=", caller.principal.accountId)
          .orderBy("seq")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", ">", after);
        if (request.organizationId !== undefined) rows = rows.where("organization_id", "=", request.organizationId);
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
      (row) => gate.may(caller, "SPACE_READ", spaceRef(row)),
    );
  }

  /** The creator becomes the space's admin. */
  async create(
    caller: Caller,
    organization: OrganizationRow,
    request: Omit<CreateSpaceRequest, "organization_id">,
  ): Promise<SpaceRow> {
    const { store, epoch, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a space", request.name, "organization", () =>
      epoch.change(async (tx) => {
        const row: SpaceRow = {
          ...(await store.newId(tx, "Space")),
          account_id: organization.account_id,
          organization_id: organization.id,
          name: request.name,
          description: request.description ?? "",
          is_private: request.is_private === true ? 1 : 0,
          created_at: now,
          updated_at: now,
          gradient_start_color: null,
          gradient_end_color: null,
          ml_models_enabled: null,
        };
        await tx.insertInto("spaces").values(row).execute();
        const membership = await store.newId(tx, "SpaceMember");
        await tx
          .insertInto("space_members")
          .values({ ...membership, space_id: row.id, user_id: caller.principal.userId, role: "ADMIN", created_at: now })
          .execute();
        return row;
      }),
    );
  }

  async update(row: SpaceRow, request: UpdateSpaceRequest & SpaceAppearance): Promise<SpaceRow> {
    const { epoch, clock } = this.core;
    const changed: SpaceRow = {
      ...row,
      name: request.name ?? row.name,
      description: request.description === undefined ? row.description : (request.description ?? ""),
      is_private: request.is_private === undefined ? row.is_private : request.is_private ? 1 : 0,
      updated_at: clock.now(),
      gradient_start_color: request.gradient_start_color ?? row.gradient_start_color,
      gradient_end_color: request.gradient_end_color ?? row.gradient_end_color,
      ml_models_enabled: request.ml_models_enabled ?? row.ml_models_enabled,
    };
    const { id, seq: _, account_id: __, organization_id: ___, created_at: ____, ...changes } = changed;
    await withUniqueName("a space", changed.name, "organization", () =>
      epoch.change((tx) => tx.updateTable("spaces").set(changes).where("id", "=", id).execute()),
    );
    return changed;
  }

  /** Takes everything in the space along. */
  async delete(row: SpaceRow): Promise<void> {
    await this.core.epoch.change((tx) => deleteSpaces(tx, [row.id]));
  }
}

/** `is_private` is kept from clients whose models refuse it (`spec/rest.md §1.5`). */
export function presentSpace(
  row: SpaceRow,
  client: ClientVersion | null,
): Omit<Space, "is_private"> & { is_private?: boolean } {
  const space = {
    id: row.id,
    name: row.name,
    description: row.description,
    created_at: formatTimestamp(row.created_at),
  };
  return fieldsHiddenFrom(client, "Space").includes("is_private")
    ? space
    : { ...space, is_private: row.is_private === 1 };
}
