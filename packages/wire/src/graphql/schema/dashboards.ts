/** Dashboards (`spec/graphql.md §8`). */
export const dashboardsSdl = /* GraphQL */ `
  type Dashboard implements Node {
    id: ID!
    name: String!
    creator: User
    createdAt: DateTime
    status: DashboardStatus
    space: Space
    models(first: Int, after: String, last: Int, before: String): ModelConnection!
    statisticWidgets(first: Int, after: String, last: Int, before: String): StatisticWidgetConnection!
    lineChartWidgets(first: Int, after: String, last: Int, before: String): LineChartWidgetConnection!
    driftLineChartWidgets(first: Int, after: String, last: Int, before: String): LineChartWidgetConnection!
    monitorLineChartWidgets(first: Int, after: String, last: Int, before: String): LineChartWidgetConnection!
    barChartWidgets(first: Int, after: String, last: Int, before: String): BarChartWidgetConnection!
    textWidgets(first: Int, after: String, last: Int, before: String): TextWidgetConnection!
    experimentChartWidgets(first: Int, after: String, last: Int, before: String): ExperimentChartWidgetConnection!
  }

  interface DashboardWidget {
    id: ID!
    dashboardId: ID
    title: String
    gridPosition: [Int!]
    creationStatus: WidgetCreationStatus
  }

  enum DashboardStatus {
    active
    inactive
    deleted
  }

  enum WidgetCreationStatus {
    needsInit
    pending
    created
    published
    unpublished
  }

  input CreateDashboardMutationInput {
    name: String!
    spaceId: ID!
    clientMutationId: String
  }

  type CreateDashboardMutationPayload {
    dashboard: Dashboard
    clientMutationId: String
  }

  input UpdateDashboardNameInput {
    dashboardId: ID!
    name: String!
    clientMutationId: String
  }

  input UpdateDashboardStatusInput {
    dashboardId: ID!
    status: DashboardStatus!
    clientMutationId: String
  }

  extend type Space {
    dashboards(first: Int, after: String, last: Int, before: String, search: String): DashboardConnection!
  }
  extend type Mutation {
    createDashboard(input: CreateDashboardMutationInput!): CreateDashboardMutationPayload
    updateDashboardName(input: UpdateDashboardNameInput!): CreateDashboardMutationPayload
    updateDashboardStatus(input: UpdateDashboardStatusInput!): CreateDashboardMutationPayload
  }
`;
