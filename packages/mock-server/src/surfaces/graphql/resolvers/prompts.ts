import { spaceRef } from "../../../domain/locate.js";
import type { PromptRow, PromptVersionRow, SpaceRow } from "../../../store/tables/index.js";
import { readStored } from "../../../domain/rows.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { requireAt } from "../places.js";
import { internalModelName } from "./llm-models.js";
import { findUser } from "./node.js";
import { messagesOf, parametersOf, toolChoiceOf, toolsOf } from "./prompt-content.js";

interface PromptArgs extends ConnectionArgs {
  name?: string | null;
  versionId?: string | null;
  versionLabel?: string | null;
}

/** A prompt, and the version that it shows: the one that was asked for, else the latest. */
export type ShownPrompt = PromptRow & { shown?: PromptVersionRow };

/** The version of a prompt that the arguments mean; undefined when it has no such version. */
async function chosenVersion(
  row: PromptRow,
  { versionId, versionLabel }: PromptArgs,
  { load, domain }: GraphQLContext,
) {
  const versions = await load.versionsOfPrompt.load(row.id);
  const byId = versionId == null ? null : canonicalId(domain.core.store, versionId);
  const labels = versionLabel == null ? [] : await Promise.all(versions.map(({ id }) => load.labelsOfVersion.load(id)));
  return versions
    .filter(({ id }) => byId === null || id === byId)
    .filter((_, index) => versionLabel == null || labels[index]?.some(({ name }) => name === versionLabel))
    .at(-1);
}

async function prompts(row: SpaceRow, args: PromptArgs, context: GraphQLContext) {
  await requireAt(context, "PROMPT_READ", spaceRef(row));
  const rows = await context.load.promptsOfSpace.load(row.id);
  const named = rows.filter(({ name }) => args.name == null || name === args.name);
  const versions = await Promise.all(named.map((prompt) => chosenVersion(prompt, args, context)));
  const shown = named.flatMap((prompt, index): ShownPrompt[] => {
    const version = versions[index];
    return version === undefined ? [] : [{ ...prompt, shown: version }];
  });
  return connection(shown, args, { order: "desc", texts: ({ name }) => [name] });
}

async function versionOf(row: ShownPrompt, { load }: GraphQLContext): Promise<PromptVersionRow | undefined> {
  return row.shown ?? (await load.versionsOfPrompt.load(row.id)).at(-1);
}

/** The fields of a version, which a prompt shows of the one it stands for. */
const versionFields = {
  commitMessage: (row: PromptVersionRow) => row.commit_message,
  messages: messagesOf,
  inputVariableFormat: (row: PromptVersionRow) => row.input_variable_format,
  toolCalls: toolsOf,
  toolChoice: toolChoiceOf,
  llmParameters: parametersOf,
  /** The API's list is closed, and Anthropic is not on it (`spec/graphql.md §6.8`). */
  provider: (row: PromptVersionRow) => (row.provider === "ANTHROPIC" ? "CUSTOM" : row.provider),
  modelName: (row: PromptVersionRow) => internalModelName(row.model),
};

const ofShown = Object.fromEntries(
  Object.entries(versionFields).map(([name, read]) => [
    name,
    async (row: ShownPrompt, _: unknown, context: GraphQLContext) => {
      const version = await versionOf(row, context);
      return version === undefined ? null : read(version);
    },
  ]),
);

const authorship = {
  createdAt: (row: { created_at: number }) => row.created_at,
  createdBy: (row: { created_by_user_id: string }, _: unknown, context: GraphQLContext) =>
    findUser(context, row.created_by_user_id),
};

export const promptResolvers = {
  Space: { prompts },
  Prompt: {
    ...ofShown,
    ...authorship,
    updatedAt: (row: PromptRow) => row.updated_at,
    tags: (row: PromptRow): unknown => readStored(row.tags),
    async versionHistory(row: PromptRow, args: ConnectionArgs, { load }: GraphQLContext) {
      return connection(await load.versionsOfPrompt.load(row.id), args, { order: "desc" });
    },
  },
  PromptVersion: {
    ...versionFields,
    ...authorship,
    labels: async (row: PromptVersionRow, _: unknown, { load }: GraphQLContext) =>
      (await load.labelsOfVersion.load(row.id)).map(({ name }) => name),
  },
  ToolChoice: {
    __resolveType: (choice: object) => ("choice" in choice ? "ToolChoiceChoice" : "ToolChoiceTool"),
  },
};
