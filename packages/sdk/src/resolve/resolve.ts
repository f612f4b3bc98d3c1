import { looksLikeGlobalId } from "@axlab/wire";

import type { ClientContext } from "../context.js";
import { AmbiguousNameError, ResolutionError, ValidationError } from "../errors/client.js";
import { isBlank } from "../is-blank.js";
import { Paged, type Envelope } from "../pagination/paged.js";
import type { CallOptions } from "../transport/types.js";

type Resolver = Pick<ClientContext, "rest" | "config">;
interface Named {
  readonly id: string;
  readonly name: string;
}

export const PAGE = 100;

/**
 * Ids for names (`spec/rest.md` §1.13). A value that is base64 of `Type:number:suffix` is an id and costs nothing; any
 * other is looked up among what the key may see and must match exactly, case included.
 * All throw ResolutionError when nothing matches and AmbiguousNameError when several do.
 */
export async function organizationId({ rest }: Resolver, organization: string, options: CallOptions): Promise<string> {
  return byName("organization", organization, async (cursor) => {
    const page = await rest.get("/v2/organizations", {
      query: { name: filter(organization), limit: PAGE, cursor },
      ...options,
    });
    return { items: page.organizations, pagination: page.pagination };
  });
}

/** Without a value: the client's `spaceId`. */
export async function spaceId(
  { rest, config }: Resolver,
  space: string | undefined,
  options: CallOptions,
): Promise<string> {
  const wanted = space ?? config.spaceId;
  if (wanted === undefined) {
    throw new ValidationError("No space", [
      { path: "space", message: "name one here, as spaceId of the client, or in ARIZE_SPACE_ID" },
    ]);
  }
  return byName("space", wanted, async (cursor) => {
    const page = await rest.get("/v2/spaces", { query: { name: filter(wanted), limit: PAGE, cursor }, ...options });
    return { items: page.spaces, pagination: page.pagination };
  });
}

/** As `spaceId`, but `undefined` when neither the call nor the client names a space. */
export async function optionalSpaceId(
  context: Resolver,
  space: string | undefined,
  options: CallOptions,
): Promise<string | undefined> {
  return (space ?? context.config.spaceId) === undefined ? undefined : spaceId(context, space, options);
}

export async function projectId(
  context: Resolver,
  project: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> {
  if (looksLikeGlobalId(project)) return project;
  const space_id = await spaceId(context, space, options);
  return byName("project", project, async (cursor) => {
    const page = await context.rest.get("/v2/projects", {
      query: { name: filter(project), space_id, limit: PAGE, cursor },
      ...options,
    });
    return { items: page.projects, pagination: page.pagination };
  });
}

export async function datasetId(
  context: Resolver,
  dataset: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> {
  if (looksLikeGlobalId(dataset)) return dataset;
  const space_id = await spaceId(context, space, options);
  return byName("dataset", dataset, async (cursor) => {
    const page = await context.rest.get("/v2/datasets", {
      query: { name: filter(dataset), space_id, limit: PAGE, cursor },
      ...options,
    });
    return { items: page.datasets, pagination: page.pagination };
  });
}

/** Where an experiment given by name is looked for: in its dataset, else in its space. */
export interface ExperimentPlace {
  readonly dataset?: string | undefined;
  readonly space?: string | undefined;
}

export async function experimentId(
  context: Resolver,
  experiment: string,
  place: ExperimentPlace,
  options: CallOptions,
): Promise<string> {
  if (looksLikeGlobalId(experiment)) return experiment;
  const scope =
    place.dataset === undefined
      ? { space_id: await spaceId(context, place.space, options) }
      : { dataset_id: await datasetId(context, place.dataset, place.space, options) };
  return byName("experiment", experiment, async (cursor) => {
    const page = await context.rest.get("/v2/experiments", {
      query: { ...scope, name: filter(experiment), limit: PAGE, cursor },
      ...options,
    });
    return { items: page.experiments, pagination: page.pagination };
  });
}

/** The list of roles has no name filter, so all of it is read. */
export async function roleId({ rest }: Resolver, role: string, options: CallOptions): Promise<string> {
  return byName("role", role, async (cursor) => {
    const page = await rest.get("/v2/roles", { query: { limit: PAGE, cursor }, ...options });
    return { items: page.roles, pagination: page.pagination };
  });
}

/** A user is named by e-mail address, in any case. */
export async function userId({ rest }: Resolver, user: string, options: CallOptions): Promise<string> {
  if (looksLikeGlobalId(user)) return user;
  if (!user.includes("@"))
    throw new ResolutionError(`${JSON.stringify(user)} is neither the id nor the e-mail address of a user`);
  return byName("user", user.toLowerCase(), async (cursor) => {
    const page = await rest.get("/v2/users", { query: { email: filter(user), limit: PAGE, cursor }, ...options });
    const items = page.users.map(({ id, email }) => ({ id, name: email.toLowerCase() }));
    return { items, pagination: page.pagination };
  });
}

export async function byName(
  kind: string,
  wanted: string,
  list: (cursor: string | undefined) => Promise<Envelope<Named>>,
): Promise<string> {
  if (looksLikeGlobalId(wanted)) return wanted;
  if (isBlank(wanted))
    throw new ValidationError(`No ${kind}`, [{ path: kind, message: "is empty: give its id or name" }]);
  const matches: string[] = [];
  for await (const { id, name } of new Paged(list)) if (name === wanted) matches.push(id);
  const [id, ...others] = matches;
  if (id === undefined) {
    throw new ResolutionError(
      `No ${kind} named ${JSON.stringify(wanted)} that this key may see. Names are compared exactly, case included`,
    );
  }
  if (others.length > 0) {
    throw new AmbiguousNameError(
      `${matches.length} of the kind ${kind} are named ${JSON.stringify(wanted)}: use an id, one of ${matches.join(", ")}`,
      matches,
    );
  }
  return id;
}

// Filters are parts of names and at most 255 characters long; the comparison is done here anyway.
export function filter(name: string): string {
  return [...name].slice(0, 255).join("");
}
