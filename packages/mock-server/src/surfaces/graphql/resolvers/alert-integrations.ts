import { organizationRef } from "../../../domain/locate.js";
import type { AlertIntegrationRow, OrganizationRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";
import { checkedName } from "../input.js";
import { mutationOn } from "../mutation.js";
import { requireAt } from "../places.js";

interface NewIntegration {
  accountOrganizationId: string;
  name: string;
  providerName: AlertIntegrationRow["provider"];
  channelName?: string | null;
  alertSeverity?: string | null;
}

export const alertIntegrationResolvers = {
  AccountOrganization: {
    async integrations(
      row: OrganizationRow,
      { providerName, search }: { providerName?: string | null; search?: string | null },
      context: GraphQLContext,
    ) {
      await requireAt(context, "ORGANIZATION_READ", organizationRef(row));
      const wanted = search?.toLowerCase() ?? "";
      const rows = await context.load.alertIntegrationsOfOrganization.load(row.id);
      return rows.filter(
        ({ provider, name }) =>
          (providerName == null || provider === providerName) && name.toLowerCase().includes(wanted),
      );
    },
  },
  IntegrationKey: {
    providerName: (row: AlertIntegrationRow) => row.provider,
    createdAt: (row: AlertIntegrationRow) => row.created_at,
    channelName: (row: AlertIntegrationRow) => row.channel_name,
    alertSeverity: (row: AlertIntegrationRow) => row.alert_severity,
  },
  Mutation: {
    createIntegrationKey: mutationOn<"organization", NewIntegration>(
      "createIntegrationKey",
      {
        on: "organization",
        requirement: "ORGANIZATION_UPDATE",
        id: ({ accountOrganizationId }) => accountOrganizationId,
      },
      async ({ input, domain, target }) => ({
        integrationKey: await domain.alertIntegrations.create(target, {
          name: checkedName(input.name),
          provider: input.providerName,
          channel_name: input.channelName ?? null,
          alert_severity: input.alertSeverity ?? null,
        }),
      }),
    ),
  },
};
