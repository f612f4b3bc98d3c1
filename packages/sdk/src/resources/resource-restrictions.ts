import type { ResourceRestriction } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { Paged, type ListOptions } from "../pagination/index.js";
import { projectId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";

/** A project by id, or by name with its space. */
export interface RestrictedProject {
  readonly project: string;
  readonly space?: string | undefined;
}

/** Projects on which only roles bound to the project itself count (`spec/rest.md` §3.8). */
export class ResourceRestrictions {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Only restrictions the key may manage. */
  list({ limit, cursor }: ListOptions = {}, options: CallOptions = {}): Paged<ResourceRestriction> {
    return new Paged(async (at) => {
      const query = { resource_type: "PROJECT" as const, limit, cursor: at };
      const page = await this.#context.rest.get("/v2/resource-restrictions", { query, ...options });
      return { items: page.resource_restrictions, pagination: page.pagination };
    }, cursor);
  }

  /** Restricting twice is no error. */
  async create({ project, space }: RestrictedProject, options: CallOptions = {}): Promise<ResourceRestriction> {
    const resource_id = await projectId(this.#context, project, space, options);
    return this.#context.rest.post("/v2/resource-restrictions", { body: { resource_id }, ...options });
  }

  /** Roles of space, organization and account count again. @throws NotFoundError when the project is not restricted */
  async delete({ project, space }: RestrictedProject, options: CallOptions = {}): Promise<void> {
    const resource_id = await projectId(this.#context, project, space, options);
    await this.#context.rest.delete("/v2/resource-restrictions/{resource_id}", { path: { resource_id }, ...options });
  }
}
