import {
  CreatePromptVersionRequest,
  ListPromptVersionsQuery,
  PromptLabelPath,
  PromptPath,
  PromptVersion,
  PromptVersionLabelPath,
  PromptVersionPage,
  PromptVersionPath,
  SetPromptVersionLabelsRequest,
} from "@axlab/wire/rest";
import { presentPromptVersion } from "../../../domain/prompts/present.js";
import { route } from "../pipeline.js";
import { withLabels } from "./prompts.js";

const tag = "prompts";
const path = "/v2/prompt-versions/{version_id}";

export const promptVersionRoutes = [
  route({
    method: "get",
    path: "/v2/prompts/{prompt_id}/labels/{label_name}",
    tag,
    summary: "Get the version that a label points at",
    access: { on: "prompt", requirement: "PROMPT_READ", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptLabelPath,
    success: { status: 200, body: PromptVersion },
    errors: [404],
    async handle({ domain, input: { params }, target }) {
      const version = await domain.prompts.version(target.entity, { label: params.label_name });
      return (await withLabels(domain, [version]))[0];
    },
  }),
  route({
    method: "get",
    path: "/v2/prompts/{prompt_id}/versions",
    tag,
    summary: "List the versions of a prompt, newest first",
    access: { on: "prompt", requirement: "PROMPT_READ", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptPath,
    query: ListPromptVersionsQuery,
    success: { status: 200, body: PromptVersionPage },
    errors: [403, 404],
    async handle({ domain, input: { query }, target }) {
      const { items, pagination } = await domain.prompts.versions(target.entity, query);
      return { prompt_versions: await withLabels(domain, items), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/prompts/{prompt_id}/versions",
    tag,
    summary: "Add a version to a prompt; it is the latest from then on",
    access: { on: "prompt", requirement: "PROMPT_UPDATE", read: "PROMPT_READ", id: ({ params }) => params.prompt_id },
    params: PromptPath,
    body: CreatePromptVersionRequest,
    success: { status: 201, body: PromptVersion },
    errors: [403, 404, 422],
    handle: async ({ caller, domain, input, target }) =>
      presentPromptVersion(await domain.prompts.createVersion(caller, target.entity, input.body), []),
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get a prompt version",
    access: {
      on: "promptVersion",
      requirement: "PROMPT_READ",
      read: "PROMPT_READ",
      id: ({ params }) => params.version_id,
    },
    params: PromptVersionPath,
    success: { status: 200, body: PromptVersion },
    errors: [404],
    handle: async ({ domain, target }) => (await withLabels(domain, [target.entity]))[0],
  }),
  route({
    method: "put",
    path: `${path}/labels`,
    tag,
    summary: "Replace the labels of a prompt version",
    access: {
      on: "promptVersion",
      requirement: "PROMPT_UPDATE",
      read: "PROMPT_READ",
      id: ({ params }) => params.version_id,
    },
    params: PromptVersionPath,
    body: SetPromptVersionLabelsRequest,
    success: { status: 200, body: PromptVersion },
    errors: [403, 404, 422],
    async handle({ domain, input: { body }, target }) {
      await domain.promptLabels.replace(target.entity, body.labels);
      return (await withLabels(domain, [target.entity]))[0];
    },
  }),
  route({
    method: "delete",
    path: `${path}/labels/{label_name}`,
    tag,
    summary: "Remove a label from a prompt version",
    access: {
      on: "promptVersion",
      requirement: "PROMPT_UPDATE",
      read: "PROMPT_READ",
      id: ({ params }) => params.version_id,
    },
    params: PromptVersionLabelPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, input: { params }, target }) => domain.promptLabels.remove(target.entity, params.label_name),
  }),
];
