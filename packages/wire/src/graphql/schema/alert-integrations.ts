/** Where alerts of monitors go (`spec/graphql.md §8`). */
export const alertIntegrationsSdl = /* GraphQL */ `
  type IntegrationKey implements Node {
    id: ID!
    name: String!
    providerName: IntegrationProvider!
    createdAt: DateTime
    channelName: String
    alertSeverity: IntegrationAlertSeverity
  }

  enum IntegrationProvider {
    slack
    pagerduty
    opsgenie
  }

  enum IntegrationAlertSeverity {
    opsgenieP1
    opsgenieP2
    opsgenieP3
    opsgenieP4
    opsgenieP5
    pagerdutycritical
    pagerdutyerror
    pagerdutywarning
    pagerdutyinfo
  }

  "No credential is taken: nothing is sent from here"
  input CreateIntegrationKeyInput {
    accountOrganizationId: ID!
    name: String!
    providerName: IntegrationProvider!
    channelName: String
    alertSeverity: IntegrationAlertSeverity
    clientMutationId: String
  }

  type IntegrationKeyPayload {
    integrationKey: IntegrationKey
    clientMutationId: String
  }

  extend type AccountOrganization {
    "A plain list, not a connection"
    integrations(providerName: IntegrationProvider, search: String): [IntegrationKey!]!
  }
  extend type Mutation {
    createIntegrationKey(input: CreateIntegrationKeyInput!): IntegrationKeyPayload
  }
`;
