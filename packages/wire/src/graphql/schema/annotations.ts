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
    createAnnotationConfig(input: CreateAnnotationConfigInput!): CreateAnnotationConfigPayload
  }
`;
