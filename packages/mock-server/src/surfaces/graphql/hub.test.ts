import { PromptWithVersion } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);

const CREATE = `mutation ($input: CreatePromptMutationInput!) { createPrompt(input: $input) { prompt { id name modelName llmParameters toolCalls toolChoice { ... on ToolChoiceChoice { choice } } } } }`;
const input = (changes: object = {}) => ({
  spaceId: at.world.spaces.main,
  name: "greeting",
  commitMessage: "first",
  messages: [{ role: "user", content: "Say {word}" }],
  inputVariableFormat: "F_STRING",
  provider: "openAI",
  model: "gpt-4o-mini",
  invocationParams: { top_p: 0.5, maxTokens: 7, toolConfig: { tools: [{ id: "t" }], toolChoice: { choice: "auto" } } },
  providerParams: {},
  ...changes,
});

describe("prompts", () => {
  it("are read in both spellings, shown flat, and the same in REST", async () => {
    const { prompt } = (await as("member", CREATE, { input: input() })).data.createPrompt;
    expect(prompt).toMatchObject({
      modelName: "GPT_4o_MINI",
      llmParameters: { topP: 0.5, maxTokens: 7 },
      toolCalls: [{ id: "t" }],
      toolChoice: { choice: "auto" },
    });
    const rest = (await at.world.as("reader").get(`/v2/prompts/${prompt.id}`)).read(PromptWithVersion);
    expect(rest.version).toMatchObject({ model: "gpt-4o-mini", invocation_params: { top_p: 0.5, max_tokens: 7 } });
    expect((await as("member", CREATE, { input: input() })).verdict).toBe("CONFLICT");
    expect((await as("member", CREATE, { input: input({ messages: [] }) })).errors[0]?.message).toMatch(/messages:/);
    expect((await as("reader", CREATE, { input: input({ name: "b" }) })).verdict).toBe("FORBIDDEN");
  });

  it("have versions, and labels that move between them", async () => {
    const { id } = (await as("member", CREATE, { input: input() })).data.createPrompt.prompt;
    const version = `mutation ($input: CreatePromptVersionMutationInput!) { createPromptVersion(input: $input) { promptVersion { id commitMessage } } }`;
    const { name: _, ...content } = input({ commitMessage: "second", promptId: id });
    const second = (await as("member", version, { input: content })).data.createPromptVersion.promptVersion;
    const label = (promptVersionId: string) =>
      as(
        "member",
        `mutation ($id: ID!) { updatePromptVersionLabel(input: { promptVersionId: $id, label: "production" }) { promptVersion { labels } } }`,
        { id: promptVersionId },
      );
    expect((await label(second.id)).data.updatePromptVersionLabel.promptVersion.labels).toEqual(["production"]);
    const history = `query ($id: ID!) { node(id: $id) { ... on Prompt { commitMessage versionHistory(first: 5) { edges { node { id commitMessage labels } } } } } }`;
    const shown = (await as("reader", history, { id })).data.node;
    expect(shown).toMatchObject({
      commitMessage: "second",
      versionHistory: {
        edges: [
          { node: { commitMessage: "second", labels: ["production"] } },
          { node: { commitMessage: "first", labels: [] } },
        ],
      },
    });
    await label(shown.versionHistory.edges[1].node.id);
    const choose = (choice: string) =>
      as(
        "reader",
        `query ($id: ID!) { node(id: $id) { ... on Space { prompts(first: 1, name: "greeting", ${choice}) { edges { node { commitMessage } } } } } }`,
        { id: at.world.spaces.main },
      );
    expect((await choose('versionLabel: "production"')).data.node.prompts.edges).toEqual([
      { node: { commitMessage: "first" } },
    ]);
    expect((await choose(`versionId: "${second.id}"`)).data.node.prompts.edges).toEqual([
      { node: { commitMessage: "second" } },
    ]);
    expect((await choose('versionLabel: "other"')).data.node.prompts.edges).toEqual([]);
  });

  it("of another space than the one that is named are not there", async () => {
    const { id } = (await as("admin", CREATE, { input: input() })).data.createPrompt.prompt;
    const remove = (spaceId: string) =>
      as(
        "admin",
        `mutation ($id: ID!, $spaceId: ID!) { deletePrompt(input: { promptId: $id, spaceId: $spaceId }) { success } }`,
        { id, spaceId },
      );
    expect((await remove(at.world.spaces.vault)).verdict).toBe("NOT_FOUND");
    expect((await remove(at.world.spaces.main)).data.deletePrompt.success).toBe(true);
  });
});

describe("evaluators", () => {
  const EVALUATOR = `mutation ($input: CreateEvaluatorMutationInput!) { createEvaluator(input: $input) { evaluator { id taskType commitMessage } } }`;
  const code = {
    name: "length",
    position: 0,
    evalClassCodeBlock: "class Length(CodeEvaluator):\n    pass\n",
    evaluationClass: "Length",
    spanAttributes: ["attributes.output.value"],
  };
  const create = (changes: object) =>
    as("member", EVALUATOR, {
      input: { spaceId: at.world.spaces.main, name: "e", commitMessage: "first", codeEvaluator: code, ...changes },
    });

  it("are made of code that defines its class", async () => {
    expect((await create({})).data.createEvaluator.evaluator).toMatchObject({
      taskType: "code_evaluation",
      commitMessage: "first",
    });
    const other = { codeEvaluator: { ...code, evaluationClass: "Width" } };
    expect((await create({ name: "f", ...other })).errors[0]?.message).toMatch(/defines no class Width/);
  });

  it.each([
    [{ codeEvaluator: null }, /exactly one/],
    [{ templateEvaluator: template(), codeEvaluator: null }, /llmConfig: missing/],
    [{ templateEvaluator: template({ llmConfig: llm(), rails: ["yes"] }), codeEvaluator: null }, /"yes" has no score/],
    [{ templateEvaluator: template({ llmConfig: llm(), queryFilter: "a" }), codeEvaluator: null }, /queryFilter/],
  ])("%# is refused rather than kept in part", async (changes, message) => {
    expect((await create(changes)).errors[0]?.message).toMatch(message);
  });
});

function template(changes: object = {}) {
  return {
    name: "right",
    template: "Is {output} right?",
    position: 0,
    includeExplanations: true,
    useFunctionCallingIfAvailable: false,
    ...changes,
  };
}

function llm() {
  return { integrationId: "x", modelName: "m", invocationParameters: {}, providerParameters: {} };
}
