import type { AnnotationConfig, CreateAnnotationConfigRequest, UpdateAnnotationConfigRequest } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type Paged } from "../pagination/index.js";
import { annotationConfigId, optionalSpaceId, spaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

type WithoutSpace<Request> = Request extends unknown ? Omit<Request, "space_id"> : never;

/** A config of its `annotation_config_type`: a range of scores, a set of labels, or free text. */
export type CreateAnnotationConfig = WithoutSpace<CreateAnnotationConfigRequest> & {
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
};

/** What people may say of records, and how (`spec/rest.md` §3.14). A config is given by id, or by name with its space. */
export class AnnotationConfigs {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<AnnotationConfig> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/annotation-configs", { query, ...options });
        return { items: page.annotation_configs, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(config: string, { space, ...options }: InSpace = {}): Promise<AnnotationConfig> {
    const path = await this.#pathOf(config, space, options);
    return this.#context.rest.get("/v2/annotation-configs/{annotation_config_id}", { path, ...options });
  }

  /** Which scores are better is NONE unless `optimization_direction` says so. @throws ConflictError when the space has a config of that name */
  async create({ space, ...config }: CreateAnnotationConfig, options: CallOptions = {}): Promise<AnnotationConfig> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.post("/v2/annotation-configs", { body: { ...config, space_id }, ...options });
  }

  /** `annotation_config_type` repeats the config's own; `values` replaces all labels. */
  async update(
    config: string,
    changes: UpdateAnnotationConfigRequest,
    { space, ...options }: InSpace = {},
  ): Promise<AnnotationConfig> {
    const path = await this.#pathOf(config, space, options);
    const input = { path, body: changes, ...options };
    return this.#context.rest.patch("/v2/annotation-configs/{annotation_config_id}", input);
  }

  /** Annotations that were made stay. @throws ConflictError while an annotation queue uses it */
  async delete(config: string, { space, ...options }: InSpace = {}): Promise<void> {
    const path = await this.#pathOf(config, space, options);
    await this.#context.rest.delete("/v2/annotation-configs/{annotation_config_id}", { path, ...options });
  }

  async #pathOf(
    config: string,
    space: string | undefined,
    options: CallOptions,
  ): Promise<{ annotation_config_id: string }> {
    return { annotation_config_id: await annotationConfigId(this.#context, config, space, options) };
  }
}
