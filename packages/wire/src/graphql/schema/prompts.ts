/** Prompts of the hub and their versions (`spec/graphql.md §8`). */
export const promptsSdl = /* GraphQL */ `
  type Prompt implements Node {
    id: ID!
    name: String!
    description: String
    tags: [String!]
    createdAt: DateTime!
    updatedAt: DateTime!
    createdBy: User
    commitMessage: String!
    messages: JSON!
    inputVariableFormat: PromptVersionInputVariableFormatEnum!
    toolCalls: JSON
    toolChoice: ToolChoice
    llmParameters: JSON!
    provider: ExternalLLMProvider!
    modelName: String
    versionHistory(first: Int, after: String, last: Int, before: String): PromptVersionConnection!
  }

  type PromptVersion implements Node {
    id: ID!
    commitMessage: String!
    messages: JSON!
    inputVariableFormat: PromptVersionInputVariableFormatEnum!
    toolCalls: JSON
    toolChoice: ToolChoice
    llmParameters: JSON!
    provider: ExternalLLMProvider!
    modelName: String
    createdAt: DateTime!
    createdBy: User
    labels: [String!]
  }

  union ToolChoice = ToolChoiceTool | ToolChoiceChoice

  type ToolChoiceTool {
    tool: JSON
  }

  type ToolChoiceChoice {
    choice: String
  }

  enum PromptVersionInputVariableFormatEnum {
    NONE
    F_STRING
    MUSTACHE
  }

  enum ExternalLLMProvider {
    openAI
    awsBedrock
    azureOpenAI
    vertexAI
    custom
  }

  extend type Space {
    prompts(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      name: String
      versionId: ID
      versionLabel: String
    ): PromptConnection!
  }
`;
