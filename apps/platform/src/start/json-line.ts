import type { Platform } from "@axlab/mock-server";

type Listening = Awaited<ReturnType<Platform["listen"]>>;

/** The first line of `axlab start --json`. A secret that is not known any more, after a restart, is null. */
export function startLine({ url, host, port }: Pick<Listening, "url" | "host" | "port">, seeded: Platform["seeded"]) {
  const named = (thing: { id: string; name: string } | null) =>
    thing === null ? null : { id: thing.id, name: thing.name };
  return {
    url,
    host,
    port,
    account: { id: seeded.account.id },
    organization: named(seeded.organization),
    space: named(seeded.space),
    keys: seeded.keys,
    users: seeded.users,
  };
}
