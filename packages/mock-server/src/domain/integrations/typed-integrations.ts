import { formatTimestamp } from "@axlab/wire";
import type { CreateIntegrationRequest, UpdateIntegrationRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { NotFoundError, UnprocessableError } from "../../errors.js";
import type { IntegrationRow } from "../../store/tables/index.js";
import type { Page } from "../paging.js";
import { agentSettingsOf, mergeAgentSettings } from "./agent-config.js";
import type { IntegrationListRequest, Integrations } from "./integrations.js";
import { isPresentable, mergeLlmSettings, newLlmSettings } from "./llm-config.js";
import { llmSettingsOf } from "./llm-settings.js";

const isShown = (row: IntegrationRow): boolean => row.type === "AGENT" || isPresentable(llmSettingsOf(row));

/** Integrations in the newer form, where the type selects the config (`spec/rest.md §3.20`). Those of type LLM are the AI integrations. Each call decides. */
export class TypedIntegrations {
  constructor(
    private readonly core: Core,
    private readonly integrations: Integrations,
  ) {}

  /** Newest first. */
  async list(caller: Caller, request: IntegrationListRequest): Promise<Page<IntegrationRow>> {
    return this.integrations.list(caller, request, isShown);
  }

  /** @throws NotFoundError */
  async get(caller: Caller, id: string): Promise<IntegrationRow> {
    const row = await this.integrations.get(caller, id);
    if (!isShown(row)) throw new NotFoundError();
    return row;
  }

  /** @throws ConflictError, NotFoundError, ForbiddenError, InvalidRequestError and UnprocessableError for a config that cannot be meant */
  async create(caller: Caller, request: CreateIntegrationRequest): Promise<IntegrationRow> {
    const { name, scopings } = request;
    if (request.type === "LLM")
      return this.integrations.create(caller, { type: "LLM", name, scopings, config: newLlmSettings(request.config) });
    const { description } = request;
    const config = mergeAgentSettings(undefined, request.config, this.#now());
    return this.integrations.create(caller, { type: "AGENT", name, description, scopings, config });
  }

  /** @throws ConflictError, NotFoundError, ForbiddenError, InvalidRequestError, UnprocessableError for another type than the stored one */
  async update(caller: Caller, row: IntegrationRow, request: UpdateIntegrationRequest): Promise<IntegrationRow> {
    await this.integrations.requireChange(caller, row, "update");
    if (request.type !== row.type)
      throw new UnprocessableError(`type: this integration is of type ${row.type}, which cannot change.`);
    const { name, scopings } = request;
    if (request.type === "LLM") {
      const config = request.config && mergeLlmSettings(llmSettingsOf(row), request.config);
      return this.integrations.update(caller, row, { name, scopings, config });
    }
    const config = request.config && mergeAgentSettings(agentSettingsOf(row), request.config, this.#now());
    return this.integrations.update(caller, row, { name, description: request.description, scopings, config });
  }

  #now(): string {
    return formatTimestamp(this.core.clock.now());
  }
}
