import type { TourContext } from "../context.js";
import { prove, refusedWith } from "../proof.js";

/** 6. What the keys do not allow is refused, each with its documented status. */
export async function seeRefusals(tour: TourContext): Promise<void> {
  const { place, report, signal, datasetId } = tour;
  report.heading("6. Refusals");
  const admin = tour.client(place.keys.admin);

  const reader = tour.client(place.keys.readOnly);
  await refusedWith(403, "a read-only key writing", () =>
    reader.datasets.create({ name: "not mine", examples: [{ a: 1 }] }, { signal }),
  );
  report.proved("a read-only key may not write: 403");

  const elsewhere = await admin.spaces.create(
    { organization: place.organizationId, name: `Elsewhere ${Date.now()}` },
    { signal },
  );
  const stranger = await admin.apiKeys.createService(
    { name: "elsewhere", organizations: [{ organization: place.organizationId, spaces: [{ space: elsewhere.id }] }] },
    { signal },
  );
  const strange = tour.client(stranger.key);
  await refusedWith(404, "a key of another space reading", () => strange.datasets.get(datasetId, { signal }));
  report.proved("a key of another space does not see this one: 404");

  await admin.apiKeys.revoke(stranger.id, { signal });
  await refusedWith(401, "a revoked key", () => strange.spaces.list({}, { signal }).toArray());
  report.proved("a revoked key is no key: 401");

  const member = tour.client(place.keys.member);
  const heirloom = await member.apiKeys.createService(
    {
      name: "outlives its maker",
      organizations: [{ organization: place.organizationId, spaces: [{ space: place.spaceId }] }],
    },
    { signal },
  );
  const { principal } = await member.whoami({ signal });
  await admin.users.delete(principal.id, { signal });
  await refusedWith(401, "the user key of a removed person", () => member.spaces.list({}, { signal }).toArray());
  const still = await tour.client(heirloom.key).datasets.get(datasetId, { signal });
  prove(still.id === datasetId, "the service key made by the removed person reads on");
  report.proved("a removed person's user key is dead (401), the service key they made lives on");
}
