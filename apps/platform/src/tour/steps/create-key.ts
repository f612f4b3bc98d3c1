import { inspect } from "node:util";
import type { TourContext } from "../context.js";
import { prove } from "../proof.js";

/** 1. An admin's user key creates a space-scoped service key; the secret is seen once. */
export async function createServiceKey(tour: TourContext): Promise<void> {
  const { place, report, signal } = tour;
  report.heading("1. A service key");
  const admin = tour.client(place.keys.admin);
  const made = await admin.apiKeys.createService(
    {
      name: `tour ${Date.now()}`,
      organizations: [{ organization: place.organizationId, spaces: [{ space: place.spaceId, role: "MEMBER" }] }],
    },
    { signal },
  );
  const secret = made.key.reveal();
  prove(!inspect(made).includes(secret) && !JSON.stringify(made).includes(secret), "a created key prints redacted");
  const listed = await admin.apiKeys.list({ space: place.spaceId }, { signal }).toArray();
  const row = listed.find(({ id }) => id === made.id);
  prove(row !== undefined && row.key_type === "SERVICE", "the list has the new service key");
  prove(!JSON.stringify(listed).includes(secret), "no list shows a secret");
  tour.leave({ service: tour.client(made.key) });
  const me = await tour.service.whoami({ signal });
  prove(me.key?.type === "SERVICE", "whoami says that it is a service key");
  const inSpace = me.roles?.find(({ resourceId }) => resourceId === place.spaceId);
  prove(inSpace?.role === "MEMBER", "whoami says that it is a member of the space");
  report.proved(`created ${row.redacted_key}; its secret was answered once and is in no list`);
}
