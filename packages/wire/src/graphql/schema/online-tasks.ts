/** Tasks, which REST has as `/v2/tasks` (`spec/graphql.md §8`). */
export const onlineTasksSdl = /* GraphQL */ `
  type OnlineTask implements Node {
    id: ID!
    name: String
    samplingRate: Float
    queryFilter: String
    taskType: OnlineTaskType
  }

  "One run over the spans of a window; it goes on after the answer"
  input RunOnlineTaskInput {
    onlineTaskId: ID!
    dataStartTime: DateTime!
    "Without it, now"
    dataEndTime: DateTime
    maxSpans: Int
    clientMutationId: String
  }

  extend type Space {
    "Those that the caller may read, newest first"
    onlineTasks(first: Int, after: String, last: Int, before: String, search: String): OnlineTaskConnection!
  }
  extend type Mutation {
    runOnlineTask(input: RunOnlineTaskInput!): SuccessPayload
  }
`;
