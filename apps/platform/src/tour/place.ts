import { createPlatform } from "@axlab/mock-server";
import { UsageError } from "../usage-error.js";
import type { TourOptions } from "./command.js";

/** Where the tour goes: a platform and the keys of three people there. */
export interface Place {
  url: string;
  keys: { admin: string; member: string; readOnly: string };
  spaceId: string;
  organizationId: string;
  close(): Promise<void>;
}

const FLAGS = {
  adminKey: "--admin-key",
  memberKey: "--member-key",
  readOnlyKey: "--read-only-key",
  spaceId: "--space-id",
  organizationId: "--organization-id",
} as const;

/** A fresh platform in this process unless one is named. */
export async function choosePlace(options: TourOptions): Promise<Place> {
  const { url, adminKey, memberKey, readOnlyKey, spaceId, organizationId } = options;
  if (url === undefined) return ownPlatform();
  if (
    adminKey === undefined ||
    memberKey === undefined ||
    readOnlyKey === undefined ||
    spaceId === undefined ||
    organizationId === undefined
  ) {
    const missing = Object.entries(FLAGS).flatMap(([option, flag]) =>
      Reflect.get(options, option) === undefined ? [flag] : [],
    );
    throw new UsageError(`--url also needs ${missing.join(", ")}; "axlab start --json" prints them.`);
  }
  return {
    url,
    keys: { admin: adminKey, member: memberKey, readOnly: readOnlyKey },
    spaceId,
    organizationId,
    close: async () => undefined,
  };
}

async function ownPlatform(): Promise<Place> {
  const platform = await createPlatform({ db: "memory", seed: "empty" });
  const { url } = await platform.listen({ host: "127.0.0.1", port: 0 });
  const { keys, space, organization } = await platform.createTenant("axlab tour");
  return { url, keys, spaceId: space.id, organizationId: organization.id, close: () => platform.close() };
}
