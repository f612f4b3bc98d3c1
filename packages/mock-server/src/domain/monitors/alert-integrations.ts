import type { Core } from "../../core.js";
import type { AlertIntegrationRow, OrganizationRow } from "../../store/tables/index.js";
import { withUniqueName } from "../names.js";

export type AlertIntegrationFields = Pick<AlertIntegrationRow, "name" | "provider" | "channel_name" | "alert_severity">;

/** Where the monitors of an organization would send their alerts. Nothing is sent from here, so no credential is taken or kept. */
export class AlertIntegrations {
  constructor(private readonly core: Core) {}

  /** @throws ConflictError when the organization has one of that name */
  async create(organization: OrganizationRow, fields: AlertIntegrationFields): Promise<AlertIntegrationRow> {
    const { store, clock } = this.core;
    return withUniqueName("an alert integration", fields.name, "organization", () =>
      store.transaction(async (tx) => {
        const row: AlertIntegrationRow = {
          ...(await store.newId(tx, "IntegrationKey")),
          account_id: organization.account_id,
          organization_id: organization.id,
          ...fields,
          created_at: clock.now(),
        };
        await tx.insertInto("alert_integrations").values(row).execute();
        return row;
      }),
    );
  }
}
