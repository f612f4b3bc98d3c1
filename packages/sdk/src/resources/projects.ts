import type { Project } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type Paged } from "../pagination/index.js";
import { optionalSpaceId, projectId, spaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

export type { InSpace } from "./inputs.js";

/** Projects, also called models (`spec/rest.md` §3.9). A project is given by id, or by name with its space. */
export class Projects {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<Project> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const page = await this.#context.rest.get("/v2/projects", {
          query: { space_id, name, limit, cursor: at },
          ...options,
        });
        return { items: page.projects, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(project: string, { space, ...options }: InSpace = {}): Promise<Project> {
    const project_id = await projectId(this.#context, project, space, options);
    return this.#context.rest.get("/v2/projects/{project_id}", { path: { project_id }, ...options });
  }

  /** @throws ConflictError when the space has a project of that name */
  async create(
    { name, space }: { name: string; space?: string | undefined },
    options: CallOptions = {},
  ): Promise<Project> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.post("/v2/projects", { body: { name, space_id }, ...options });
  }

  async rename(project: string, name: string, { space, ...options }: InSpace = {}): Promise<Project> {
    const project_id = await projectId(this.#context, project, space, options);
    return this.#context.rest.patch("/v2/projects/{project_id}", { path: { project_id }, body: { name }, ...options });
  }

  /** Cannot be undone. */
  async delete(project: string, { space, ...options }: InSpace = {}): Promise<void> {
    const project_id = await projectId(this.#context, project, space, options);
    await this.#context.rest.delete("/v2/projects/{project_id}", { path: { project_id }, ...options });
  }
}
