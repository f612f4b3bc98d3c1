import type { AiIntegration, CreateAiIntegrationRequest, UpdateAiIntegrationRequest } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Paged } from "../pagination/index.js";
import { pagedWithin } from "../pagination/index.js";
import { aiIntegrationId, optionalSpaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { ListInSpace } from "./inputs.js";

/** Connections to providers of models (`spec/rest.md` §3.19). One is given by id, or by name, which is unique in the account. Keys are never read back. */
export class AiIntegrations {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Those that are seen in a space, or all that the key may see. */
  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<AiIntegration> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/ai-integrations", { query, ...options });
        return { items: page.ai_integrations, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(integration: string, options: CallOptions = {}): Promise<AiIntegration> {
    const integration_id = await aiIntegrationId(this.#context, integration, options);
    return this.#context.rest.get("/v2/ai-integrations/{integration_id}", { path: { integration_id }, ...options });
  }

  /** Seen in the whole account unless `scopings` names places. @throws ConflictError when the account has one of that name */
  async create(integration: CreateAiIntegrationRequest, options: CallOptions = {}): Promise<AiIntegration> {
    return this.#context.rest.post("/v2/ai-integrations", { body: integration, ...options });
  }

  /** `null` removes; lists and maps replace. */
  async update(
    integration: string,
    changes: UpdateAiIntegrationRequest,
    options: CallOptions = {},
  ): Promise<AiIntegration> {
    const integration_id = await aiIntegrationId(this.#context, integration, options);
    const input = { path: { integration_id }, body: changes, ...options };
    return this.#context.rest.patch("/v2/ai-integrations/{integration_id}", input);
  }

  async delete(integration: string, options: CallOptions = {}): Promise<void> {
    const integration_id = await aiIntegrationId(this.#context, integration, options);
    await this.#context.rest.delete("/v2/ai-integrations/{integration_id}", { path: { integration_id }, ...options });
  }
}
