import { looksLikeGlobalId } from "@axlab/wire";
import type { IntegrationType } from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { Envelope } from "../pagination/paged.js";
import type { CallOptions } from "../transport/types.js";
import { byName, filter, PAGE, spaceId } from "./resolve.js";

type Resolver = Pick<ClientContext, "rest" | "config">;
interface Named {
  readonly id: string;
  readonly name: string;
}
interface Query {
  readonly space_id: string;
  readonly name: string;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Ids of what lies in a space: by id, or by name with its space. Throws as `resolve.ts` says. */
async function idInSpace(
  context: Resolver,
  kind: string,
  wanted: string,
  space: string | undefined,
  options: CallOptions,
  list: (query: Query) => Promise<Envelope<Named>>,
): Promise<string> {
  if (looksLikeGlobalId(wanted)) return wanted;
  const space_id = await spaceId(context, space, options);
  return byName(kind, wanted, (cursor) => list({ space_id, name: filter(wanted), limit: PAGE, cursor }));
}

export const promptId = (
  context: Resolver,
  prompt: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> =>
  idInSpace(context, "prompt", prompt, space, options, async (query) => {
    const page = await context.rest.get("/v2/prompts", { query, ...options });
    return { items: page.prompts, pagination: page.pagination };
  });

export const evaluatorId = (
  context: Resolver,
  evaluator: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> =>
  idInSpace(context, "evaluator", evaluator, space, options, async (query) => {
    const page = await context.rest.get("/v2/evaluators", { query, ...options });
    return { items: page.evaluators, pagination: page.pagination };
  });

export const taskId = (
  context: Resolver,
  task: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> =>
  idInSpace(context, "task", task, space, options, async (query) => {
    const page = await context.rest.get("/v2/tasks", { query, ...options });
    return { items: page.tasks, pagination: page.pagination };
  });

export const annotationQueueId = (
  context: Resolver,
  queue: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> =>
  idInSpace(context, "annotation queue", queue, space, options, async (query) => {
    const page = await context.rest.get("/v2/annotation-queues", { query, ...options });
    return { items: page.annotation_queues, pagination: page.pagination };
  });

export const annotationConfigId = (
  context: Resolver,
  config: string,
  space: string | undefined,
  options: CallOptions,
): Promise<string> =>
  idInSpace(context, "annotation config", config, space, options, async (query) => {
    const page = await context.rest.get("/v2/annotation-configs", { query, ...options });
    return { items: page.annotation_configs, pagination: page.pagination };
  });

/** Names are unique in the account. */
export async function aiIntegrationId({ rest }: Resolver, integration: string, options: CallOptions): Promise<string> {
  return byName("AI integration", integration, async (cursor) => {
    const query = { name: filter(integration), limit: PAGE, cursor };
    const page = await rest.get("/v2/ai-integrations", { query, ...options });
    return { items: page.ai_integrations, pagination: page.pagination };
  });
}

/** Names are unique among those of a type in the account. */
export async function integrationId(
  { rest }: Resolver,
  integration: string,
  type: IntegrationType | undefined,
  options: CallOptions,
): Promise<string> {
  return byName("integration", integration, async (cursor) => {
    const query = { type, name: filter(integration), limit: PAGE, cursor };
    const page = await rest.get("/v2/integrations", { query, ...options });
    return { items: page.integrations, pagination: page.pagination };
  });
}
