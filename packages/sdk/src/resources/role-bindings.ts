import type { RoleBinding, RoleBindingResourceType } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { projectId, roleId, spaceId, userId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";

export interface ListRoleBindings extends ListOptions {
  readonly resource_type: RoleBindingResourceType;
  /** Id or e-mail address. */
  readonly user?: string | undefined;
}

/** A role for a user on a space, or on a project when `project` is given. `space` then says where a project given by name lies. */
export interface CreateRoleBinding {
  /** Id or name. */
  readonly role: string;
  /** Id or e-mail address. */
  readonly user: string;
  readonly space?: string | undefined;
  readonly project?: string | undefined;
}

/** Who holds which role on a space or project (`spec/rest.md` §3.7). One binding per user and resource. */
export class RoleBindings {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ resource_type, user, limit, cursor }: ListRoleBindings, options: CallOptions = {}): Paged<RoleBinding> {
    return pagedWithin(
      async () => (user === undefined ? undefined : userId(this.#context, user, options)),
      async (user_id, at) => {
        const query = { resource_type, user_id, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/role-bindings", { query, ...options });
        return { items: page.role_bindings, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(binding_id: string, options: CallOptions = {}): Promise<RoleBinding> {
    return this.#context.rest.get("/v2/role-bindings/{binding_id}", { path: { binding_id }, ...options });
  }

  /** @throws ConflictError when the user has a binding on that resource: `update` it */
  async create({ role, user, space, project }: CreateRoleBinding, options: CallOptions = {}): Promise<RoleBinding> {
    const role_id = await roleId(this.#context, role, options);
    const user_id = await userId(this.#context, user, options);
    const target =
      project === undefined
        ? { resource_type: "SPACE" as const, resource_id: await spaceId(this.#context, space, options) }
        : { resource_type: "PROJECT" as const, resource_id: await projectId(this.#context, project, space, options) };
    return this.#context.rest.post("/v2/role-bindings", { body: { role_id, user_id, ...target }, ...options });
  }

  /** Gives the same user another role on the same resource. */
  async update(binding_id: string, { role }: { role: string }, options: CallOptions = {}): Promise<RoleBinding> {
    const role_id = await roleId(this.#context, role, options);
    return this.#context.rest.patch("/v2/role-bindings/{binding_id}", {
      path: { binding_id },
      body: { role_id },
      ...options,
    });
  }

  async delete(binding_id: string, options: CallOptions = {}): Promise<void> {
    await this.#context.rest.delete("/v2/role-bindings/{binding_id}", { path: { binding_id }, ...options });
  }
}
