import type { OrganizationRef, SpaceRef } from "@axlab/auth";
import { OrganizationPage, SpacePage, type Organization, type Space } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { everything } from "./pages.js";

/** A space together with the place at which `@axlab/auth` decides about it. */
export interface PlacedSpace extends Space {
  ref: SpaceRef;
}

/** An organization that the person may see, with its spaces that they may see. */
export interface Place extends Organization {
  ref: OrganizationRef;
  spaces: PlacedSpace[];
}

export const placesKey = ["places"] as const;

/** REST's spaces carry no organization, so each organization is asked for its own. */
export const placesQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...placesKey, accountId],
    queryFn: async (): Promise<Place[]> => {
      const organizations = await everything("/v2/organizations", "organizations", OrganizationPage);
      return Promise.all(organizations.map((organization) => placeOf(accountId, organization)));
    },
  });

async function placeOf(accountId: string, organization: Organization): Promise<Place> {
  const spaces = await everything("/v2/spaces", "spaces", SpacePage, { org_id: organization.id });
  const ref: OrganizationRef = { type: "organization", accountId, organizationId: organization.id };
  return {
    ...organization,
    ref,
    spaces: spaces.map((space) => ({
      ...space,
      ref: { ...ref, type: "space", spaceId: space.id, isPrivate: space.is_private },
    })),
  };
}
