import type { Permission, Requirement, ResourceRef } from "@axlab/auth";
import { projectRef, spaceRef } from "../../domain/locate.js";
import type { ProjectRow } from "../../store/tables/index.js";
import type { GraphQLContext } from "./context.js";

/** Where access to what lies in a space is decided; null when the space is gone. */
export async function placeInSpace({ load }: GraphQLContext, row: { space_id: string }): Promise<ResourceRef | null> {
  const space = await load.spaces.load(row.space_id);
  return space === null ? null : spaceRef(space);
}

/** Where access to a project, and to what belongs to it, is decided. */
export async function placeOfProject({ load }: GraphQLContext, row: ProjectRow): Promise<ResourceRef | null> {
  const [space, restricted] = await Promise.all([load.spaces.load(row.space_id), load.restricted()]);
  return space === null ? null : projectRef(row, space, restricted.has(row.id));
}

export async function placeInProject(
  context: GraphQLContext,
  row: { project_id: string },
): Promise<ResourceRef | null> {
  const project = await context.load.projects.load(row.project_id);
  return project === null ? null : placeOfProject(context, project);
}

/** The rows that the caller may read, each decided on where it lies. */
export async function readable<Row>(
  context: GraphQLContext,
  rows: readonly Row[],
  requirement: Requirement,
  place: (context: GraphQLContext, row: Row) => Promise<ResourceRef | null>,
): Promise<Row[]> {
  const places = await Promise.all(rows.map((row) => place(context, row)));
  return rows.filter((_, index) => {
    const ref = places[index];
    return ref != null && context.domain.core.gate.may(context.caller, requirement, ref);
  });
}

/** Asks the gate as REST does. @throws NotFoundError, ForbiddenError */
export async function requireAt(
  { caller, domain }: GraphQLContext,
  requirement: Requirement,
  place: ResourceRef | null | Promise<ResourceRef | null>,
  read?: Permission,
): Promise<void> {
  domain.core.gate.require(caller, requirement, await place, read);
}
