import type { ProjectRef } from "@axlab/auth";
import { Project, ProjectPage, ResourceRestriction, ResourceRestrictionPage } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "./http.js";
import { everything } from "./pages.js";
import { placesKey, placesQuery } from "./places.js";
import { queryClient } from "./query-client.js";

/** A project together with the place at which `@axlab/auth` decides about it. */
export interface PlacedProject extends Project {
  /** null when its space is hidden from the person, who was bound on the project alone */
  ref: ProjectRef | null;
  /** as far as it is told: the platform lists restrictions to those only who may lift them */
  isRestricted: boolean;
}

const RESTRICTIONS = "/v2/resource-restrictions";

/** Below the places: when a space changes, where its projects stand does, too. */
export const projectsKey = [...placesKey, "projects"] as const;

/** The projects that the person may see, in every space. */
export const projectsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...projectsKey, accountId],
    queryFn: async (): Promise<PlacedProject[]> => {
      const [places, projects, restrictions] = await Promise.all([
        queryClient.fetchQuery(placesQuery(accountId)),
        everything("/v2/projects", "projects", ProjectPage),
        everything(RESTRICTIONS, "resource_restrictions", ResourceRestrictionPage),
      ]);
      const spaces = new Map(places.flatMap((place) => place.spaces.map((space) => [space.id, space.ref])));
      const restricted = new Set(restrictions.map(({ resource_id }) => resource_id));
      return projects.map((project) => {
        const space = spaces.get(project.space_id);
        const isRestricted = restricted.has(project.id);
        return {
          ...project,
          isRestricted,
          ref: space === undefined ? null : { ...space, type: "project", projectId: project.id, isRestricted },
        };
      });
    },
  });

/** @throws RefusedError, UnreachableError */
export const createProject = (name: string, spaceId: string): Promise<Project> =>
  ask("/v2/projects", Project, { method: "POST", body: { name, space_id: spaceId } });

/** @throws RefusedError, UnreachableError */
export const restrictProject = (id: string): Promise<ResourceRestriction> =>
  ask(RESTRICTIONS, ResourceRestriction, { method: "POST", body: { resource_id: id } });

/** @throws RefusedError, UnreachableError */
export const liftRestriction = (id: string): Promise<void> =>
  tell(`${RESTRICTIONS}/${encodeURIComponent(id)}`, { method: "DELETE" });
