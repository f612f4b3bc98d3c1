import type { Permission } from "@axlab/auth";
import type { Caller } from "../access/gate.js";
import type { Core } from "../core.js";
import type { SpaceRow } from "../store/tables/index.js";
import { locate, spaceRef } from "./locate.js";

/** The filters that every list of a space's resources takes (`spec/rest.md §1.9`); both together mean both. */
export interface SpaceFilter {
  space_id?: string | undefined;
  space_name?: string | undefined;
}

/**
 * The spaces a list may draw from: those that the filters leave and in which the caller holds `permission`.
 * @throws NotFoundError, ForbiddenError when `space_id` names a space the caller may not see, or not read this in
 */
export async function readableSpaces(
  core: Core,
  caller: Caller,
  filter: SpaceFilter,
  permission: Permission,
): Promise<SpaceRow[]> {
  const wanted = filter.space_name?.toLowerCase();
  const matches = (space: SpaceRow): boolean => wanted === undefined || space.name.toLowerCase().includes(wanted);
  if (filter.space_id !== undefined) {
    const found = await locate(core.store.db, "space", filter.space_id);
    core.gate.require(caller, permission, found?.ref ?? null);
    return found !== null && matches(found.entity) ? [found.entity] : [];
  }
  const spaces = await core.store.db
    .selectFrom("spaces")
    .selectAll()
    .where("account_id", "=", caller.principal.accountId)
    .execute();
  return spaces.filter((space) => matches(space) && core.gate.may(caller, permission, spaceRef(space)));
}
