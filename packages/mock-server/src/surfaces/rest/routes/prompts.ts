import {
  CreatePromptRequest,
  GetPromptQuery,
  ListPromptsQuery,
  Prompt,
  PromptPage,
  PromptPath,
  PromptWithVersion,
  UpdatePromptRequest,
  type PromptVersion,
} from "@axlab/wire/rest";
import type { Domain } from "../../../domain/domain.js";
import { presentPrompt, presentPromptVersion } from "../../../domain/prompts/present.js";
import type { PromptVersionRow } from "../../../store/tables/index.js";
import { route } from "../pipeline.js";

const tag = "prompts";
const path = "/v2/prompts/{prompt_id}";

/** Versions as answers show them, each with the labels that point at it now. */
export async function withLabels(domain: Domain, versions: readonly PromptVersionRow[]): Promise<PromptVersion[]> {
  const labels = await domain.promptLabels.of(versions.map(({ id }) => id));
  return versions.map((version) => presentPromptVersion(version, labels.get(version.id) ?? []));
}

export const promptRoutes = [
  route({
    method: "get",
    path: "/v2/prompts",
    tag,
    summary: "List prompts, most recently updated first",
    access: {
      on: "each",
      requirement: "PROMPT_READ",
      why: "the list draws from the spaces where the caller may read prompts; a hidden space_id is 404",
    },
    query: ListPromptsQuery,
    success: { status: 200, body: PromptPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.prompts.list(caller, input.query);
      return { prompts: items.map(presentPrompt), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/prompts",
    tag,
    summary: "Create a prompt with its first version",
    access: { on: "space", requirement: "PROMPT_CREATE", id: ({ body }) => body.space_id },
    body: CreatePromptRequest,
    success: { status: 201, body: PromptWithVersion },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const { prompt, version } = await domain.prompts.create(caller, target.entity, body);
      return { ...presentPrompt(prompt), version: presentPromptVersion(version, []) };
    },
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get a prompt with one of its versions: the latest, or by version_id or label",
    access: { on: "prompt", requirement: "PROMPT_READ", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptPath,
    query: GetPromptQuery,
    success: { status: 200, body: PromptWithVersion },
    errors: [404],
    async handle({ domain, input: { query }, target }) {
      const chosen = await domain.prompts.version(target.entity, query);
      const [version] = await withLabels(domain, [chosen]);
      return { ...presentPrompt(target.entity), version };
    },
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change a prompt's description",
    access: { on: "prompt", requirement: "PROMPT_UPDATE", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptPath,
    body: UpdatePromptRequest,
    success: { status: 200, body: Prompt },
    errors: [403, 404, 422],
    handle: async ({ domain, input, target }) => presentPrompt(await domain.prompts.update(target.entity, input.body)),
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete a prompt with its versions",
    access: { on: "prompt", requirement: "PROMPT_DELETE", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.prompts.delete(target.entity),
  }),
];
