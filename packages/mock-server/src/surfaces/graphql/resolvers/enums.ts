/** What the platform keeps for each value on the wire; enums that are kept as they are written stand nowhere. */
const ROLES = { admin: "ADMIN", member: "MEMBER", readOnly: "READ_ONLY", annotator: "ANNOTATOR" } as const;

export const enums = {
  SpaceMemberRole: ROLES,
  OrganizationRole: ROLES,
  AccountRole: { admin: "ADMIN", member: "MEMBER", annotator: "ANNOTATOR" },
  UserStatus: { active: "ACTIVE", inactive: "INACTIVE" },
  ApiKeyType: { user: "USER", service: "SERVICE" },
  ApiKeyStatus: { active: "ACTIVE", revoked: "REVOKED" },
  ModelType: {
    score_categorical: "SCORE_CATEGORICAL",
    numeric: "NUMERIC",
    ranking: "RANKING",
    multi_class: "MULTI_CLASS",
    object_detection: "OBJECT_DETECTION",
    generative_llm: "GENERATIVE_LLM",
  },
  ModelEnvironmentName: {
    production: "PRODUCTION",
    validation: "VALIDATION",
    training: "TRAINING",
    tracing: "TRACING",
  },
  LLMMessageRole: { user: "USER", assistant: "ASSISTANT", system: "SYSTEM", tool: "TOOL" },
  ExternalLLMProvider: {
    openAI: "OPEN_AI",
    awsBedrock: "AWS_BEDROCK",
    azureOpenAI: "AZURE_OPEN_AI",
    vertexAI: "VERTEX_AI",
    custom: "CUSTOM",
  },
  AnnotationType: { label: "CATEGORICAL", score: "CONTINUOUS", text: "FREEFORM" },
};
