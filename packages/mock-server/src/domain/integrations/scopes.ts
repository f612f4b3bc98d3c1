import type { Permission, ResourceRef } from "@axlab/auth";
import type { IntegrationScoping } from "@axlab/wire/rest";
import { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ForbiddenError, InvalidRequestError, NotFoundError } from "../../errors.js";
import { accountRef, locate, organizationRef } from "../locate.js";
import { readStored } from "../rows.js";
import { readableSpaces, type SpaceFilter } from "../space-scope.js";

/** One place an integration is seen in: a space, an organization with its spaces, or, with two nulls, the account. */
const Scope = z.object({ organization_id: z.string().nullable(), space_id: z.string().nullable() });
export type Scope = z.infer<typeof Scope>;

const ACCOUNT_WIDE: Scope = { organization_id: null, space_id: null };

export const scopesOf = (row: { scopings: string }): Scope[] => z.array(Scope).parse(readStored(row.scopings));
/** No scoping at all is the whole account. */
const placesOf = (scopes: readonly Scope[]): readonly Scope[] => (scopes.length === 0 ? [ACCOUNT_WIDE] : scopes);

/** Who sees an integration and who may change it (`decisions/0034`). */
export class IntegrationScopes {
  constructor(private readonly core: Core) {}

  /**
   * The places a request names, each with its organization.
   * @throws NotFoundError for an organization or a space that this account does not have, InvalidRequestError for a space of another organization
   */
  async resolve(caller: Caller, given: readonly IntegrationScoping[]): Promise<Scope[]> {
    const scopes: Scope[] = [];
    for (const { organization_id = null, space_id = null } of given) {
      const place = await this.#refOf(caller, { organization_id, space_id });
      if (place === null) throw new NotFoundError();
      if (place.type !== "space") scopes.push({ organization_id, space_id });
      else if (organization_id !== null && organization_id !== place.organizationId)
        throw new InvalidRequestError(
          `scopings: the space "${place.spaceId}" is not in the organization "${organization_id}".`,
        );
      else scopes.push({ organization_id: place.organizationId, space_id });
    }
    return scopes;
  }

  /**
   * To make or change an integration one holds the permission at every place it is seen in.
   * @throws NotFoundError for a place that the caller may not see, ForbiddenError
   */
  async requireEverywhere(caller: Caller, permission: Permission, scopes: readonly Scope[]): Promise<void> {
    for (const scope of placesOf(scopes)) {
      const ref = await this.#refOf(caller, scope);
      if (ref === null) throw new NotFoundError();
      this.core.gate.require(caller, permission, ref);
    }
  }

  /** As `requireEverywhere`, for an integration that the caller is known to see: all that is missing is the right to change it. */
  async requireChange(caller: Caller, permission: Permission, scopes: readonly Scope[]): Promise<void> {
    for (const scope of placesOf(scopes)) {
      const ref = await this.#refOf(caller, scope);
      if (ref === null || this.core.gate.may(caller, permission, ref)) continue;
      throw new ForbiddenError(
        `This integration is seen ${nameOf(ref)}, and there this key lacks ${permission}.`,
        permission,
      );
    }
  }

  /**
   * Whether the caller sees an integration: they hold `permission` in a space it covers, or at the organization or account it is made for.
   * With a filter, only the spaces that it leaves count.
   * @throws NotFoundError, ForbiddenError when the filter names a space that the caller may not read integrations in
   */
  async seen(
    caller: Caller,
    permission: Permission,
    filter: SpaceFilter = {},
  ): Promise<(scopes: readonly Scope[]) => boolean> {
    const { gate } = this.core;
    const { accountId } = caller.principal;
    const spaces = await readableSpaces(this.core, caller, filter, permission);
    const inSpaces = new Set(spaces.map(({ id }) => id));
    const inOrganizations = new Set(spaces.map(({ organization_id }) => organization_id));
    const filtered = filter.space_id !== undefined || filter.space_name !== undefined;
    const holds = (ref: ResourceRef): boolean => !filtered && gate.may(caller, permission, ref);
    return (scopes) =>
      placesOf(scopes).some(({ organization_id, space_id }) => {
        if (space_id !== null) return inSpaces.has(space_id);
        if (organization_id === null) return spaces.length > 0 || holds(accountRef(accountId));
        return (
          inOrganizations.has(organization_id) || holds(organizationRef({ id: organization_id, account_id: accountId }))
        );
      });
  }

  async #refOf({ principal }: Caller, { organization_id, space_id }: Scope): Promise<ResourceRef | null> {
    const { db } = this.core.store;
    if (space_id === null && organization_id === null) return accountRef(principal.accountId);
    const found =
      space_id === null ? await locate(db, "organization", organization_id ?? "") : await locate(db, "space", space_id);
    return found?.ref.accountId === principal.accountId ? found.ref : null;
  }
}

function nameOf(ref: ResourceRef): string {
  if (ref.type === "space") return `in the space ${ref.spaceId}`;
  return ref.type === "organization" ? `in the organization ${ref.organizationId}` : "in the whole account";
}
