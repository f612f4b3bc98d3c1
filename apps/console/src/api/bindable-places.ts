import type { ProjectRef, SpaceRef } from "@axlab/auth";
import type { RoleBindingResourceType } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { placesQuery } from "./places.js";
import { projectsQuery } from "./projects.js";

/** A space or project, on which people may be given a role. */
export interface BindablePlace {
  id: string;
  /** unmistakable: `space Playground`, `project chat in Playground` */
  label: string;
  type: RoleBindingResourceType;
  ref: SpaceRef | ProjectRef | null;
}

/** The spaces and projects that the person may see; undefined until they are known. */
export function useBindablePlaces(accountId: string): {
  readonly data: BindablePlace[] | undefined;
  readonly error: Error | null;
} {
  const places = useQuery(placesQuery(accountId));
  const projects = useQuery(projectsQuery(accountId));
  const error = places.error ?? projects.error;
  if (places.data === undefined || projects.data === undefined) return { data: undefined, error };
  const spaces = places.data.flatMap((organization) => organization.spaces);
  const names = new Map(spaces.map(({ id, name }) => [id, name]));
  return {
    error,
    data: [
      ...spaces.map(({ id, name, ref }) => ({ id, label: `space ${name}`, type: "SPACE" as const, ref })),
      ...projects.data.map(({ id, name, space_id, ref }) => ({
        id,
        label: `project ${name} in ${names.get(space_id) ?? "a space hidden from you"}`,
        type: "PROJECT" as const,
        ref,
      })),
    ],
  };
}
