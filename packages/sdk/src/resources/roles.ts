import type { CreateRoleRequest, Role, UpdateRoleRequest } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { Paged, type ListOptions } from "../pagination/index.js";
import { roleId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";

export interface ListRoles extends ListOptions {
  /** Only predefined ones, or only custom ones. Default: both. */
  readonly is_predefined?: boolean | undefined;
}

/** Named sets of permissions (`spec/rest.md` §3.6). A role is given by id or name. */
export class Roles {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ is_predefined, limit, cursor }: ListRoles = {}, options: CallOptions = {}): Paged<Role> {
    return new Paged(async (at) => {
      const page = await this.#context.rest.get("/v2/roles", {
        query: { is_predefined, limit, cursor: at },
        ...options,
      });
      return { items: page.roles, pagination: page.pagination };
    }, cursor);
  }

  async get(role: string, options: CallOptions = {}): Promise<Role> {
    const role_id = await roleId(this.#context, role, options);
    return this.#context.rest.get("/v2/roles/{role_id}", { path: { role_id }, ...options });
  }

  /** @throws ConflictError when the account has a role of that name */
  async create(role: CreateRoleRequest, options: CallOptions = {}): Promise<Role> {
    return this.#context.rest.post("/v2/roles", { body: role, ...options });
  }

  /** `permissions` replaces the whole set. */
  async update(role: string, changes: UpdateRoleRequest, options: CallOptions = {}): Promise<Role> {
    const role_id = await roleId(this.#context, role, options);
    return this.#context.rest.patch("/v2/roles/{role_id}", { path: { role_id }, body: changes, ...options });
  }

  async delete(role: string, options: CallOptions = {}): Promise<void> {
    const role_id = await roleId(this.#context, role, options);
    await this.#context.rest.delete("/v2/roles/{role_id}", { path: { role_id }, ...options });
  }
}
