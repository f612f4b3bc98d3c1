import { CodeConfig, TemplateConfigInput } from "@axlab/wire/rest";
import { llmSettingsOf } from "../../../domain/integrations/llm-settings.js";
import { spaceRef } from "../../../domain/locate.js";
import { readStored } from "../../../domain/rows.js";
import { InvalidRequestError, UnprocessableError } from "../../../errors.js";
import type { EvaluatorRow, EvaluatorVersionRow, IntegrationRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checked, checkedName, given } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { requireAt } from "../places.js";
import { findUser } from "./node.js";

interface EvaluatorArgs extends ConnectionArgs {
  name?: string | null;
  taskType?: string | null;
}

/** Evaluators of other kinds, which only REST reads, have no word here. */
const TASK_TYPES: Partial<Record<EvaluatorRow["type"], string>> = {
  TEMPLATE: "template_evaluation",
  CODE: "code_evaluation",
};

interface TemplateInput {
  name: string;
  template: string;
  includeExplanations: boolean;
  useFunctionCallingIfAvailable: boolean;
  rails?: string[] | null;
  queryFilter?: string | null;
  classificationChoices?: Record<string, unknown> | null;
  direction?: string | null;
  dataGranularityType?: string | null;
  llmConfig?: {
    integrationId: string;
    modelName: string;
    invocationParameters: object;
    providerParameters: object;
  } | null;
}

interface CodeInput {
  name: string;
  evalClassCodeBlock?: string | null;
  evaluationClass?: string | null;
  evaluationInputParams?: Record<string, unknown> | null;
  packageImports?: string | null;
  queryFilter?: string | null;
  spanAttributes?: string[] | null;
  dataGranularityType?: string | null;
}

interface VersionInput {
  commitMessage?: string | null;
  templateEvaluator?: TemplateInput | null;
  codeEvaluator?: CodeInput | null;
}

/** In REST's words. @throws InvalidRequestError for what has no place there, so that nothing is dropped unsaid */
function templateConfig(input: TemplateInput, context: GraphQLContext) {
  if (input.llmConfig == null)
    throw new InvalidRequestError(
      "templateEvaluator.llmConfig: missing; a template is put to a model, through an LLM integration.",
    );
  if (input.queryFilter != null)
    throw new InvalidRequestError(
      "templateEvaluator.queryFilter: a template has none here; filter in the task that runs it.",
    );
  const choices = input.classificationChoices ?? null;
  const unscored = (input.rails ?? []).filter((rail) => choices === null || !(rail in choices));
  if (unscored.length > 0)
    throw new InvalidRequestError(
      `templateEvaluator.rails: ${unscored.map((rail) => JSON.stringify(rail)).join(", ")} has no score; give every class one in classificationChoices.`,
    );
  const { integrationId, modelName, invocationParameters, providerParameters } = input.llmConfig;
  return checked(TemplateConfigInput, {
    name: input.name,
    template: input.template,
    include_explanations: input.includeExplanations,
    use_function_calling_if_available: input.useFunctionCallingIfAvailable,
    ...given({
      classification_choices: choices,
      direction: input.direction?.toUpperCase(),
      data_granularity: input.dataGranularityType?.toUpperCase(),
    }),
    llm_config: {
      ai_integration_id: canonicalId(context.domain.core.store, integrationId),
      model_name: modelName,
      invocation_parameters: invocationParameters,
      provider_parameters: providerParameters,
    },
  });
}

function staticParams(params: Record<string, unknown>) {
  return Object.entries(params).map(([name, value]) => ({
    name,
    type: Array.isArray(value) ? "STRING_ARRAY" : "STRING",
    default_value: value,
  }));
}

const definesClass = (code: string, name: string): boolean =>
  [...code.matchAll(/^[ \t]*class[ \t]+(\w+)/gm)].some(([, defined]) => defined === name);

/** In REST's words. @throws InvalidRequestError when the code does not define the class that is to be run */
function codeConfig(input: CodeInput) {
  const { evalClassCodeBlock: code, evaluationClass } = input;
  if (code == null)
    throw new InvalidRequestError("codeEvaluator.evalClassCodeBlock: missing; it is the code that evaluates.");
  if (evaluationClass != null && !definesClass(code, evaluationClass))
    throw new InvalidRequestError(`codeEvaluator.evaluationClass: the code defines no class ${evaluationClass}.`);
  return checked(CodeConfig, {
    type: "CUSTOM",
    name: input.name,
    code,
    variables: input.spanAttributes ?? [],
    ...given({
      imports: input.packageImports,
      query_filter: input.queryFilter,
      data_granularity: input.dataGranularityType?.toUpperCase(),
      static_params: input.evaluationInputParams == null ? null : staticParams(input.evaluationInputParams),
    }),
  });
}

function content({ commitMessage, templateEvaluator, codeEvaluator }: VersionInput, context: GraphQLContext) {
  if ((templateEvaluator == null) === (codeEvaluator == null))
    throw new InvalidRequestError("templateEvaluator, codeEvaluator: give exactly one of them.");
  return {
    commit_message: commitMessage ?? null,
    ...(templateEvaluator != null && { template_config: templateConfig(templateEvaluator, context) }),
    ...(codeEvaluator != null && { code_config: codeConfig(codeEvaluator) }),
  };
}

const version =
  (read: (row: EvaluatorVersionRow) => unknown) =>
  async (row: EvaluatorRow, _: unknown, { load }: GraphQLContext) => {
    const latest = (await load.versionsOfEvaluator.load(row.id)).at(-1);
    return latest === undefined ? null : read(latest);
  };

const onEvaluator = <I extends { evaluatorId: string }>(
  name: string,
  requirement: "EVALUATOR_UPDATE" | "EVALUATOR_DELETE",
  run: (mutating: Mutating<I> & { target: EvaluatorRow }) => Promise<Record<string, unknown>>,
) =>
  mutationOn<"evaluator", I>(
    name,
    { on: "evaluator", requirement, read: "EVALUATOR_READ", id: ({ evaluatorId }) => evaluatorId },
    run,
  );

interface About {
  name: string;
  description?: string | null;
  tags?: string[] | null;
}

/** Those of an LLM integration's providers that the API's closed list has (`spec/graphql.md §6.8`); the rest is custom. */
const PROVIDERS: ReadonlySet<string> = new Set(["OPEN_AI", "AWS_BEDROCK", "AZURE_OPEN_AI", "VERTEX_AI", "CUSTOM"]);

export const evaluatorResolvers = {
  Space: {
    async evaluators(row: SpaceRow, args: EvaluatorArgs, context: GraphQLContext) {
      await requireAt(context, "EVALUATOR_READ", spaceRef(row));
      const rows = (await context.load.evaluatorsOfSpace.load(row.id)).filter(
        ({ name, type }) =>
          (args.name == null || name === args.name) && (args.taskType == null || TASK_TYPES[type] === args.taskType),
      );
      return connection(rows, args, { order: "desc", texts: ({ name }) => [name] });
    },
    async llmIntegrations(row: SpaceRow, _: unknown, { caller, domain }: GraphQLContext) {
      const rows: IntegrationRow[] = [];
      let cursor: string | undefined;
      do {
        const page = await domain.aiIntegrations.list(caller, { space_id: row.id, limit: 100, cursor });
        rows.push(...page.items);
        cursor = page.pagination.next_cursor;
      } while (cursor !== undefined);
      return rows;
    },
  },
  Evaluator: {
    taskType: (row: EvaluatorRow) => TASK_TYPES[row.type] ?? null,
    commitHash: version(({ commit_hash }) => commit_hash),
    commitMessage: version(({ commit_message }) => commit_message),
    tags: (row: EvaluatorRow): unknown => readStored(row.tags),
    createdAt: (row: EvaluatorRow) => row.created_at,
    updatedAt: (row: EvaluatorRow) => row.updated_at,
    createdBy: (row: EvaluatorRow, _: unknown, context: GraphQLContext) => findUser(context, row.created_by_user_id),
  },
  LlmIntegration: {
    provider(row: IntegrationRow) {
      const { provider } = llmSettingsOf(row);
      return PROVIDERS.has(provider) ? provider : "CUSTOM";
    },
    hasApiKey: (row: IntegrationRow) => llmSettingsOf(row).has_api_key,
    baseUrl: (row: IntegrationRow) => llmSettingsOf(row).base_url,
    modelNames: (row: IntegrationRow) => llmSettingsOf(row).model_names,
    enableDefaultModels: (row: IntegrationRow) => llmSettingsOf(row).enable_default_models,
    functionCallingEnabled: (row: IntegrationRow) => llmSettingsOf(row).function_calling_enabled,
    createdAt: (row: IntegrationRow) => row.created_at,
    updatedAt: (row: IntegrationRow) => row.updated_at,
    creator: (row: IntegrationRow, _: unknown, context: GraphQLContext) => findUser(context, row.created_by_user_id),
  },
  Mutation: {
    createEvaluator: mutationOn<"space", About & VersionInput & { spaceId: string }>(
      "createEvaluator",
      { on: "space", requirement: "EVALUATOR_CREATE", id: ({ spaceId }) => spaceId },
      async ({ input, caller, domain, target, context }) => {
        const { evaluator } = await domain.evaluators.create(caller, target, {
          name: checkedName(input.name),
          description: input.description ?? null,
          tags: input.tags ?? [],
          version: content(input, context),
        });
        return { evaluator };
      },
    ),
    createEvaluatorVersion: onEvaluator<VersionInput & { evaluatorId: string }>(
      "createEvaluatorVersion",
      "EVALUATOR_UPDATE",
      async ({ input, caller, domain, target, context }) => {
        await domain.evaluators.createVersion(caller, target, content(input, context));
        const evaluator = await context.load.evaluators.load(target.id);
        if (evaluator === null) throw new UnprocessableError("The evaluator was deleted meanwhile.");
        return { evaluator };
      },
    ),
    editEvaluator: onEvaluator<About & { evaluatorId: string }>(
      "editEvaluator",
      "EVALUATOR_UPDATE",
      async ({ input, domain, target }) => ({
        evaluator: await domain.evaluators.update(target, {
          name: checkedName(input.name),
          description: input.description ?? undefined,
          tags: input.tags ?? undefined,
        }),
      }),
    ),
    deleteEvaluator: onEvaluator<{ evaluatorId: string }>(
      "deleteEvaluator",
      "EVALUATOR_DELETE",
      async ({ domain, target }) => {
        await domain.evaluators.delete(target);
        return { success: true };
      },
    ),
  },
};
