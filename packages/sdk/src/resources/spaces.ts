import type { CreateSpaceRequest, Space, SpaceMembership, UpdateSpaceRequest } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { organizationId, spaceId, userId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import { assignment, type SpaceRoleInput } from "./inputs.js";

export interface ListSpaces extends ListOptions {
  /** Id or name. */
  readonly organization?: string | undefined;
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
}

export interface CreateSpace extends Omit<CreateSpaceRequest, "organization_id"> {
  /** Id or name. */
  readonly organization: string;
}

/** Spaces and who is in them (`spec/rest.md` §3.5). A space is given by id or name. */
export class Spaces {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ organization, name, limit, cursor }: ListSpaces = {}, options: CallOptions = {}): Paged<Space> {
    return pagedWithin(
      async () => (organization === undefined ? undefined : organizationId(this.#context, organization, options)),
      async (org_id, at) => {
        const page = await this.#context.rest.get("/v2/spaces", {
          query: { org_id, name, limit, cursor: at },
          ...options,
        });
        return { items: page.spaces, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(space: string, options: CallOptions = {}): Promise<Space> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.get("/v2/spaces/{space_id}", { path: { space_id }, ...options });
  }

  /** @throws ConflictError when the organization has a space of that name */
  async create({ organization, ...space }: CreateSpace, options: CallOptions = {}): Promise<Space> {
    const organization_id = await organizationId(this.#context, organization, options);
    return this.#context.rest.post("/v2/spaces", { body: { ...space, organization_id }, ...options });
  }

  /** `description: null` clears it. */
  async update(space: string, changes: UpdateSpaceRequest, options: CallOptions = {}): Promise<Space> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.patch("/v2/spaces/{space_id}", { path: { space_id }, body: changes, ...options });
  }

  /** Deletes the space and everything in it. Cannot be undone. */
  async delete(space: string, options: CallOptions = {}): Promise<void> {
    const space_id = await spaceId(this.#context, space, options);
    await this.#context.rest.delete("/v2/spaces/{space_id}", { path: { space_id }, ...options });
  }

  /** Adds a member of the organization to the space, or changes their role there. `user` is an id or e-mail address. */
  async addUser(
    space: string,
    member: { user: string; role: SpaceRoleInput },
    options: CallOptions = {},
  ): Promise<SpaceMembership> {
    const space_id = await spaceId(this.#context, space, options);
    const user_id = await userId(this.#context, member.user, options);
    const role = await assignment(this.#context, member.role, options);
    return this.#context.rest.post("/v2/spaces/{space_id}/users", {
      path: { space_id },
      body: { user_id, role },
      ...options,
    });
  }

  /** Takes the membership and the user's role bindings on this space. */
  async removeUser(space: string, user: string, options: CallOptions = {}): Promise<void> {
    const space_id = await spaceId(this.#context, space, options);
    const user_id = await userId(this.#context, user, options);
    await this.#context.rest.delete("/v2/spaces/{space_id}/users/{user_id}", {
      path: { space_id, user_id },
      ...options,
    });
  }
}
