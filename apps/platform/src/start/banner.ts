import type { Platform } from "@axlab/mock-server";
import type { StartOptions } from "./command.js";
import { snippets } from "./snippets.js";

type Listening = Awaited<ReturnType<Platform["listen"]>>;

const ENFORCED: Record<StartOptions["auth"], string> = {
  enforced: "keys, roles and permissions are enforced on every surface: REST, ingest, Flight, OTLP, GraphQL",
  soft: "NOTHING IS REFUSED (--auth soft): what a key does not allow is answered all the same, and logged",
  off: "NOTHING IS REFUSED (--auth off): no key is asked for",
};

/** What a person reads after `axlab start`. Keys are shown at the first start only. */
export function banner(
  listening: Listening,
  seeded: Platform["seeded"],
  options: StartOptions,
  hasConsole: boolean,
): string {
  const { account, organization, space, users, keys, fresh } = seeded;
  const lines = [
    "",
    `axlab is up at ${listening.url}`,
    ...(hasConsole ? ["  open that in a browser for the web console; programs use the same address"] : []),
    `  ${ENFORCED[options.auth]}`,
    `  data: ${options.db.replace(/\/\/([^:@/]*):[^@/]*@/, "//$1:***@")}`,
    `  account ${account.name} (${account.id})${organization === null ? "" : `, organization ${organization.name} (${organization.id})`}`,
    ...(space === null ? [] : [`  space ${space.name} (${space.id})`]),
    "",
  ];
  if (fresh) {
    lines.push("People and keys (shown now, at the first start, and not again):");
    for (const [handle, secret] of Object.entries(keys))
      lines.push(
        `  ${handle.padEnd(9)} ${secret ?? ""}${users[handle] === undefined ? "  (service key)" : `  ${users[handle]}`}`,
      );
    lines.push("", ...snippets(listening, space?.id ?? "<space id>", keys["service"] ?? keys["admin"] ?? "<key>"), "");
  } else {
    lines.push("Found the data of an earlier start; its keys were shown then.", "");
  }
  lines.push("Ctrl-C stops it.", "");
  return `${lines.join("\n")}\n`;
}
