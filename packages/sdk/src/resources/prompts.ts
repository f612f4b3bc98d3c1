import type { CreatePromptVersionRequest, Prompt, PromptVersion, PromptWithVersion } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Paged } from "../pagination/index.js";
import { pagedWithin, type ListOptions } from "../pagination/index.js";
import { optionalSpaceId, promptId, spaceId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

export interface CreatePrompt {
  readonly name: string;
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
  readonly description?: string | undefined;
  /** The first version; `input_variable_format` is F_STRING unless given. */
  readonly version: CreatePromptVersionRequest;
}

/** Which version of a prompt: by id or by label. Default: the latest. */
export interface PromptVersionChoice extends InSpace {
  readonly version_id?: string | undefined;
  readonly label?: string | undefined;
}

/** Prompts, their versions and labels (`spec/rest.md` §3.16). A prompt is given by id, or by name with its space. */
export class Prompts {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  /** Most recently updated first. */
  list({ space, name, limit, cursor }: ListInSpace = {}, options: CallOptions = {}): Paged<Prompt> {
    return pagedWithin(
      () => optionalSpaceId(this.#context, space, options),
      async (space_id, at) => {
        const query = { space_id, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/prompts", { query, ...options });
        return { items: page.prompts, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(
    prompt: string,
    { space, version_id, label, ...options }: PromptVersionChoice = {},
  ): Promise<PromptWithVersion> {
    const prompt_id = await promptId(this.#context, prompt, space, options);
    const query = { version_id, label };
    return this.#context.rest.get("/v2/prompts/{prompt_id}", { path: { prompt_id }, query, ...options });
  }

  /** @throws ConflictError when the space has a prompt of that name */
  async create({ space, ...prompt }: CreatePrompt, options: CallOptions = {}): Promise<PromptWithVersion> {
    const space_id = await spaceId(this.#context, space, options);
    return this.#context.rest.post("/v2/prompts", { body: { ...prompt, space_id }, ...options });
  }

  /** A prompt's name cannot change; `null` clears its description. */
  async update(
    prompt: string,
    changes: { description: string | null },
    { space, ...options }: InSpace = {},
  ): Promise<Prompt> {
    const prompt_id = await promptId(this.#context, prompt, space, options);
    return this.#context.rest.patch("/v2/prompts/{prompt_id}", { path: { prompt_id }, body: changes, ...options });
  }

  /** With all its versions. Cannot be undone. */
  async delete(prompt: string, { space, ...options }: InSpace = {}): Promise<void> {
    const prompt_id = await promptId(this.#context, prompt, space, options);
    await this.#context.rest.delete("/v2/prompts/{prompt_id}", { path: { prompt_id }, ...options });
  }

  /** Newest first. */
  versions(
    prompt: string,
    { space, limit, cursor }: ListOptions & InSpace = {},
    options: CallOptions = {},
  ): Paged<PromptVersion> {
    return pagedWithin(
      () => promptId(this.#context, prompt, space, options),
      async (prompt_id, at) => {
        const input = { path: { prompt_id }, query: { limit, cursor: at }, ...options };
        const page = await this.#context.rest.get("/v2/prompts/{prompt_id}/versions", input);
        return { items: page.prompt_versions, pagination: page.pagination };
      },
      cursor,
    );
  }

  /** It is the latest from then on. */
  async createVersion(
    prompt: string,
    version: CreatePromptVersionRequest,
    { space, ...options }: InSpace = {},
  ): Promise<PromptVersion> {
    const prompt_id = await promptId(this.#context, prompt, space, options);
    return this.#context.rest.post("/v2/prompts/{prompt_id}/versions", {
      path: { prompt_id },
      body: version,
      ...options,
    });
  }

  async getVersion(version_id: string, options: CallOptions = {}): Promise<PromptVersion> {
    return this.#context.rest.get("/v2/prompt-versions/{version_id}", { path: { version_id }, ...options });
  }

  /** The version that a label points at. @throws NotFoundError when none does */
  async getVersionByLabel(
    prompt: string,
    label_name: string,
    { space, ...options }: InSpace = {},
  ): Promise<PromptVersion> {
    const prompt_id = await promptId(this.#context, prompt, space, options);
    return this.#context.rest.get("/v2/prompts/{prompt_id}/labels/{label_name}", {
      path: { prompt_id, label_name },
      ...options,
    });
  }

  /** Replaces all labels of the version; one that another version of the prompt has moves here. */
  async setLabels(version_id: string, labels: readonly string[], options: CallOptions = {}): Promise<PromptVersion> {
    return this.#context.rest.put("/v2/prompt-versions/{version_id}/labels", {
      path: { version_id },
      body: { labels: [...labels] },
      ...options,
    });
  }

  async removeLabel(version_id: string, label_name: string, options: CallOptions = {}): Promise<void> {
    await this.#context.rest.delete("/v2/prompt-versions/{version_id}/labels/{label_name}", {
      path: { version_id, label_name },
      ...options,
    });
  }
}
