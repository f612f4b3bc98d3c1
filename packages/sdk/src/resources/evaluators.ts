import type {
  CreateEvaluatorRequest,
  CreateEvaluatorVersionRequest,
  Evaluator,
  EvaluatorVersion,
  EvaluatorWithVersion,
  UpdateEvaluatorRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Paged } from "../pagination/index.js";
import { pagedWithin, type ListOptions } from "../pagination/index.js";
import { evaluatorId, optionalSpaceId, spaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

/** An evaluator with its first version, whose configuration is the one of `type`. */
export interface CreateEvaluator extends Omit<CreateEvaluatorRequest, "space_id"> {
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
}

/** Evaluators and their versions (`spec/rest.md` §3.17). An evaluator is given by id, or by name with its space. */
export class EvaluatorRegistry {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Most recently updated first. */
  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<Evaluator> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/evaluators", { query, ...options });
        return { items: page.evaluators, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** With the version named, else the latest. */
  async get(
    evaluator: string,
    { space, version_id, ...options }: InSpace & { readonly version_id?: string | undefined } = {},
  ): Promise<EvaluatorWithVersion> {
    const evaluator_id = await evaluatorId(this.#context, evaluator, space, options);
    const input = { path: { evaluator_id }, query: { version_id }, ...options };
    return this.#context.rest.get("/v2/evaluators/{evaluator_id}", input);
  }

  /** @throws ConflictError when the space has an evaluator of that name */
  async create({ space, ...evaluator }: CreateEvaluator, options: CallOptions = {}): Promise<EvaluatorWithVersion> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.post("/v2/evaluators", { body: { ...evaluator, space_id }, ...options });
  }

  /** `description: null` clears it. */
  async update(
    evaluator: string,
    changes: UpdateEvaluatorRequest,
    { space, ...options }: InSpace = {},
  ): Promise<Evaluator> {
    const evaluator_id = await evaluatorId(this.#context, evaluator, space, options);
    const input = { path: { evaluator_id }, body: changes, ...options };
    return this.#context.rest.patch("/v2/evaluators/{evaluator_id}", input);
  }

  /** With all its versions. Cannot be undone. */
  async delete(evaluator: string, { space, ...options }: InSpace = {}): Promise<void> {
    const evaluator_id = await evaluatorId(this.#context, evaluator, space, options);
    await this.#context.rest.delete("/v2/evaluators/{evaluator_id}", { path: { evaluator_id }, ...options });
  }

  /** Newest first. */
  versions(
    evaluator: string,
    { space, limit, cursor }: ListOptions & InSpace = {},
    options: CallOptions = {},
  ): Paged<EvaluatorVersion> {
    return pagedWithin(
      () => evaluatorId(this.#context, evaluator, space, options),
      async (evaluator_id, at) => {
        const input = { path: { evaluator_id }, query: { limit, cursor: at }, ...options };
        const page = await this.#context.rest.get("/v2/evaluators/{evaluator_id}/versions", input);
        return { items: page.evaluator_versions, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** It is the latest from then on. Its configuration is the one of the evaluator's type. */
  async createVersion(
    evaluator: string,
    version: CreateEvaluatorVersionRequest,
    { space, ...options }: InSpace = {},
  ): Promise<EvaluatorVersion> {
    const evaluator_id = await evaluatorId(this.#context, evaluator, space, options);
    const input = { path: { evaluator_id }, body: version, ...options };
    return this.#context.rest.post("/v2/evaluators/{evaluator_id}/versions", input);
  }

  async getVersion(version_id: string, options: CallOptions = {}): Promise<EvaluatorVersion> {
    return this.#context.rest.get("/v2/evaluator-versions/{version_id}", { path: { version_id }, ...options });
  }
}
