import type {
  CreateIntegrationRequest,
  Integration,
  IntegrationType,
  UpdateIntegrationRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Paged } from "../pagination/index.js";
import { pagedWithin } from "../pagination/index.js";
import { integrationId, optionalSpaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { ListInSpace } from "./inputs.js";

export interface ListIntegrations extends ListInSpace {
  /** Default: both types. */
  readonly type?: IntegrationType | undefined;
}

/** Which type an integration given by name is of; needed when both types have that name. */
export interface OfType extends CallOptions {
  readonly type?: IntegrationType | undefined;
}

/** Connections to providers of models and to agents (`spec/rest.md` §3.20). One is given by id, or by name. Secrets are never read back. */
export class Integrations {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Newest first. */
  list({ space, type, name, limit, cursor }: ListIntegrations = {}, options: CallOptions = {}): Paged<Integration> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, type, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/integrations", { query, ...options });
        return { items: page.integrations, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(integration: string, { type, ...options }: OfType = {}): Promise<Integration> {
    const integration_id = await integrationId(this.#context, integration, type, options);
    return this.#context.rest.get("/v2/integrations/{integration_id}", { path: { integration_id }, ...options });
  }

  /** Seen in the whole account unless `scopings` names places. @throws ConflictError when the account has one of that type and name */
  async create(integration: CreateIntegrationRequest, options: CallOptions = {}): Promise<Integration> {
    return this.#context.rest.post("/v2/integrations", { body: integration, ...options });
  }

  /** Scalars merge, collections replace. `type` repeats the integration's own. */
  async update(
    integration: string,
    changes: UpdateIntegrationRequest,
    options: CallOptions = {},
  ): Promise<Integration> {
    const integration_id = await integrationId(this.#context, integration, changes.type, options);
    const input = { path: { integration_id }, body: changes, ...options };
    return this.#context.rest.patch("/v2/integrations/{integration_id}", input);
  }

  async delete(integration: string, { type, ...options }: OfType = {}): Promise<void> {
    const integration_id = await integrationId(this.#context, integration, type, options);
    await this.#context.rest.delete("/v2/integrations/{integration_id}", { path: { integration_id }, ...options });
  }
}
