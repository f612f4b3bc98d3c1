/** Tags of datasets and experiments (`spec/graphql.md §8`). How a tag is made, no document says: createTag and deleteTag are ours. */
export const tagsSdl = /* GraphQL */ `
  type Tag implements Node {
    id: ID!
    name: String!
  }

  input CreateTagInput {
    spaceId: ID!
    name: String!
    clientMutationId: String
  }

  input DeleteTagInput {
    tagId: ID!
    clientMutationId: String
  }

  type CreateTagPayload {
    tag: Tag
    clientMutationId: String
  }

  input AddTagsToDatasetInput {
    datasetId: ID!
    tagIds: [ID!]!
    clientMutationId: String
  }

  input RemoveTagsFromDatasetInput {
    datasetId: ID!
    tagIds: [ID!]!
    clientMutationId: String
  }

  input AddTagsToExperimentInput {
    experimentId: ID!
    tagIds: [ID!]!
    clientMutationId: String
  }

  input RemoveTagsFromExperimentInput {
    experimentId: ID!
    tagIds: [ID!]!
    clientMutationId: String
  }

  union TagAssociationResult = TagAssociationSuccess | TagAssociationError

  type TagAssociationSuccess {
    success: Boolean!
  }

  "Nothing was changed"
  type TagAssociationError {
    message: String!
  }

  type AddTagsToDatasetPayload {
    result: TagAssociationResult!
    clientMutationId: String
  }

  type RemoveTagsFromDatasetPayload {
    result: TagAssociationResult!
    clientMutationId: String
  }

  type AddTagsToExperimentPayload {
    result: TagAssociationResult!
    clientMutationId: String
  }

  type RemoveTagsFromExperimentPayload {
    result: TagAssociationResult!
    clientMutationId: String
  }

  extend type Space {
    tags(first: Int, after: String, last: Int, before: String, search: String): TagConnection!
  }
  extend type Dataset {
    tags: [Tag!]
  }
  extend type Experiment {
    "axlab's own"
    tags: [Tag!]
  }
  extend type Mutation {
    "axlab's own"
    createTag(input: CreateTagInput!): CreateTagPayload
    "Takes it off whatever has it (axlab's own)"
    deleteTag(input: DeleteTagInput!): SuccessPayload
    addTagsToDataset(input: AddTagsToDatasetInput!): AddTagsToDatasetPayload
    removeTagsFromDataset(input: RemoveTagsFromDatasetInput!): RemoveTagsFromDatasetPayload
    addTagsToExperiment(input: AddTagsToExperimentInput!): AddTagsToExperimentPayload
    removeTagsFromExperiment(input: RemoveTagsFromExperimentInput!): RemoveTagsFromExperimentPayload
  }
`;
