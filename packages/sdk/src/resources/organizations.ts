import type {
  CreateOrganizationRequest,
  Organization,
  OrganizationMembership,
  UpdateOrganizationRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { Paged, type ListOptions } from "../pagination/index.js";
import { organizationId, userId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import { assignment, type OrganizationRoleInput } from "./inputs.js";

export interface ListOrganizations extends ListOptions {
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
}

/** Organizations and who is in them (`spec/rest.md` §3.4). An organization is given by id or name. */
export class Organizations {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ name, limit, cursor }: ListOrganizations = {}, options: CallOptions = {}): Paged<Organization> {
    return new Paged(async (at) => {
      const page = await this.#context.rest.get("/v2/organizations", {
        query: { name, limit, cursor: at },
        ...options,
      });
      return { items: page.organizations, pagination: page.pagination };
    }, cursor);
  }

  async get(organization: string, options: CallOptions = {}): Promise<Organization> {
    const org_id = await organizationId(this.#context, organization, options);
    return this.#context.rest.get("/v2/organizations/{org_id}", { path: { org_id }, ...options });
  }

  /** @throws ConflictError when the account has an organization of that name */
  async create(organization: CreateOrganizationRequest, options: CallOptions = {}): Promise<Organization> {
    return this.#context.rest.post("/v2/organizations", { body: organization, ...options });
  }

  /** `description: null` clears it. */
  async update(
    organization: string,
    changes: UpdateOrganizationRequest,
    options: CallOptions = {},
  ): Promise<Organization> {
    const org_id = await organizationId(this.#context, organization, options);
    return this.#context.rest.patch("/v2/organizations/{org_id}", { path: { org_id }, body: changes, ...options });
  }

  /** Deletes the organization with all its spaces and their contents. Cannot be undone. */
  async delete(organization: string, options: CallOptions = {}): Promise<void> {
    const org_id = await organizationId(this.#context, organization, options);
    await this.#context.rest.delete("/v2/organizations/{org_id}", { path: { org_id }, ...options });
  }

  /** Adds a user of the account, or changes their role. `user` is an id or e-mail address. */
  async addUser(
    organization: string,
    member: { user: string; role: OrganizationRoleInput },
    options: CallOptions = {},
  ): Promise<OrganizationMembership> {
    const org_id = await organizationId(this.#context, organization, options);
    const user_id = await userId(this.#context, member.user, options);
    const role = await assignment(this.#context, member.role, options);
    return this.#context.rest.post("/v2/organizations/{org_id}/users", {
      path: { org_id },
      body: { user_id, role },
      ...options,
    });
  }

  /** Also removes the user from all the organization's spaces. */
  async removeUser(organization: string, user: string, options: CallOptions = {}): Promise<void> {
    const org_id = await organizationId(this.#context, organization, options);
    const user_id = await userId(this.#context, user, options);
    await this.#context.rest.delete("/v2/organizations/{org_id}/users/{user_id}", {
      path: { org_id, user_id },
      ...options,
    });
  }
}
