/** Annotations and their configs (`spec/graphql.md §8`). */
export const annotationsSdl = /* GraphQL */ `
  type AnnotationConfig implements Node {
    id: ID!
    name: String!
    annotationType: AnnotationType
  }

  enum AnnotationType {
    label
    score
    text
  }

  input AnnotationInput {
    name: String!
    updatedBy: String
    label: String
    score: Float
    text: String
    annotationType: AnnotationType!
  }

  input AnnotationWithConfigIdInput {
    annotationConfigId: ID!
    annotation: AnnotationInput!
  }

  input NoteInput {
    text: String!
  }

  input UpdateAnnotationsInput {
    modelId: ID!
    "Added to the notes that the span has"
    note: NoteInput
    annotationUpdates: [AnnotationWithConfigIdInput!]
    annotations: [AnnotationInput!]
    modelEnvironment: ModelEnvironmentName!
    recordId: String!
    startTime: DateTime!
    clientMutationId: String
  }

  type UpdateAnnotationsPayload {
    result: UpdateAnnotationsResult!
    clientMutationId: String
  }

  union UpdateAnnotationsResult = UpdateAnnotationSuccess | UpdateAnnotationError

  type UpdateAnnotationSuccess {
    success: Boolean!
  }

  type UpdateAnnotationError {
    message: String!
  }

  "A label needs values, a score both ends of its range"
  input CreateAnnotationConfigInput {
    spaceId: ID!
    name: String!
    annotationType: AnnotationType!
    values: [AnnotationValueInput!]
    minimumScore: Float
    maximumScore: Float
    clientMutationId: String
  }

  input AnnotationValueInput {
    label: String!
    score: Float
  }

  type CreateAnnotationConfigPayload {
    annotationConfig: AnnotationConfig
    clientMutationId: String
  }

  extend type Space {
    annotationConfigs(first: Int, after: String, last: Int, before: String): AnnotationConfigConnection!
  }
  extend type Mutation {
    updateAnnotations(input: UpdateAnnotationsInput!): UpdateAnnotationsPayload
    createAnnotationConfig(input: CreateAnnotationConfigInput!): CreateAnnotationConfigPayload
  }
`;
