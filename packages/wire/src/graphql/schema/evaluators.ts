/** Evaluators (`spec/graphql.md §8`). */
export const evaluatorsSdl = /* GraphQL */ `
  type Evaluator implements Node {
    id: ID!
    name: String!
    description: String
    taskType: OnlineTaskType
    commitHash: String
    commitMessage: String
    tags: [String!]
    createdAt: DateTime
    updatedAt: DateTime
    createdBy: User
  }

  enum OnlineTaskType {
    template_evaluation
    code_evaluation
    prompt_optimization
    run_experiment
  }

  enum EvaluatorDirection {
    maximize
    minimize
    none
  }

  enum EvalDataGranularityType {
    span
    trace
    session
  }

  input TemplateEvaluationLlmConfigInput {
    integrationId: ID!
    modelName: String!
    invocationParameters: JSON!
    providerParameters: JSON!
  }

  input TemplateEvaluationConfigInput {
    name: String!
    template: String!
    position: Int!
    includeExplanations: Boolean!
    useFunctionCallingIfAvailable: Boolean!
    rails: [String!]
    queryFilter: String
    classificationChoices: JSON
    direction: EvaluatorDirection
    dataGranularityType: EvalDataGranularityType
    llmConfig: TemplateEvaluationLlmConfigInput
  }

  input CodeEvaluationConfigInput {
    name: String!
    position: Int!
    evalClassCodeBlock: String
    evaluationClass: String
    evaluationInputParams: JSON
    packageImports: String
    queryFilter: String
    spanAttributes: [String!]
    dataGranularityType: EvalDataGranularityType
  }

  input CreateEvaluatorMutationInput {
    spaceId: ID!
    name: String!
    description: String
    tags: [String!]
    commitMessage: String!
    templateEvaluator: TemplateEvaluationConfigInput
    codeEvaluator: CodeEvaluationConfigInput
    clientMutationId: String
  }

  input CreateEvaluatorVersionMutationInput {
    evaluatorId: ID!
    commitMessage: String
    templateEvaluator: TemplateEvaluationConfigInput
    codeEvaluator: CodeEvaluationConfigInput
    clientMutationId: String
  }

  input EditEvaluatorMutationInput {
    evaluatorId: ID!
    name: String
    description: String
    tags: [String!]
    clientMutationId: String
  }

  input DeleteEvaluatorMutationInput {
    evaluatorId: ID!
    clientMutationId: String
  }

  type EvaluatorPayload {
    evaluator: Evaluator
    clientMutationId: String
  }

  extend type Space {
    evaluators(
      first: Int
      after: String
      last: Int
      before: String
      search: String
      name: String
      taskType: OnlineTaskType
    ): EvaluatorConnection!
  }
  extend type Mutation {
    createEvaluator(input: CreateEvaluatorMutationInput!): EvaluatorPayload
    createEvaluatorVersion(input: CreateEvaluatorVersionMutationInput!): EvaluatorPayload
    editEvaluator(input: EditEvaluatorMutationInput!): EvaluatorPayload
    deleteEvaluator(input: DeleteEvaluatorMutationInput!): SuccessPayload
  }
`;
