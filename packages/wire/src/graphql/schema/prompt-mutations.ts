/** What changes prompts (`spec/graphql.md §8`). */
export const promptMutationsSdl = /* GraphQL */ `
  input LLMMessageInput {
    role: LLMMessageRole!
    content: String
    toolCalls: [ToolInput!]
    toolCallId: String
  }

  enum LLMMessageRole {
    user
    assistant
    system
    tool
  }

  input ToolInput {
    id: String
    type: String
    function: FunctionDetailsInput
    name: String
    description: String
  }

  input FunctionDetailsInput {
    name: String!
    description: String
    arguments: String
    parameters: JSON
  }

  input ToolChoiceInput {
    choice: String
    tool: ToolInput
  }

  input ToolConfigInput {
    tools: [ToolInput!]
    toolChoice: ToolChoiceInput
  }

  input InvocationParamsInput {
    temperature: Float
    stop: [String!]
    topP: Float
    topK: Int
    maxTokens: Int
    maxCompletionTokens: Int
    presencePenalty: Float
    frequencyPenalty: Float
    toolConfig: ToolConfigInput
    top_p: Float
    top_k: Int
    max_tokens: Int
    max_completion_tokens: Int
    presence_penalty: Float
    frequency_penalty: Float
    tool_config: ToolConfigInput
  }

  input ProviderParamsInput {
    azureParams: JSON
    anthropicHeaders: JSON
    customProviderParams: JSON
    region: String
    anthropicVersion: String
    bedrockOptions: JSON
    anthropic_version: String
  }

  input CreatePromptMutationInput {
    spaceId: ID!
    name: String!
    description: String
    tags: [String!]
    commitMessage: String!
    messages: [LLMMessageInput!]!
    inputVariableFormat: PromptVersionInputVariableFormatEnum!
    provider: ExternalLLMProvider!
    model: String
    invocationParams: InvocationParamsInput!
    providerParams: ProviderParamsInput!
    clientMutationId: String
  }

  input CreatePromptVersionMutationInput {
    spaceId: ID!
    promptId: ID!
    commitMessage: String!
    messages: [LLMMessageInput!]!
    inputVariableFormat: PromptVersionInputVariableFormatEnum!
    provider: ExternalLLMProvider!
    model: String
    invocationParams: InvocationParamsInput!
    providerParams: ProviderParamsInput!
    clientMutationId: String
  }

  input EditPromptMutationInput {
    spaceId: ID!
    promptId: ID!
    name: String!
    description: String
    tags: [String!]
    clientMutationId: String
  }

  input DeletePromptMutationInput {
    promptId: ID!
    spaceId: ID!
    clientMutationId: String
  }

  input PromptVersionLabelInput {
    spaceId: ID
    promptVersionId: ID!
    label: String!
    clientMutationId: String
  }

  type PromptPayload {
    prompt: Prompt
    clientMutationId: String
  }

  type PromptVersionPayload {
    promptVersion: PromptVersion
    clientMutationId: String
  }

  type DeletePromptMutationPayload {
    success: Boolean!
    clientMutationId: String
  }

  extend type Mutation {
    createPrompt(input: CreatePromptMutationInput!): PromptPayload
    createPromptVersion(input: CreatePromptVersionMutationInput!): PromptVersionPayload
    editPrompt(input: EditPromptMutationInput!): PromptPayload
    deletePrompt(input: DeletePromptMutationInput!): DeletePromptMutationPayload
    updatePromptVersionLabel(input: PromptVersionLabelInput!): PromptVersionPayload
    removePromptVersionLabel(input: PromptVersionLabelInput!): PromptVersionPayload
  }
`;
