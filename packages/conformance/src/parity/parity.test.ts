import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pythonOf } from "../support/python.js";
import type { Recorded } from "../support/recorder.js";
import { CASES } from "./cases/index.js";
import type { OfficialClient } from "./cases/index.js";
import { isKnown, KNOWN } from "./known.js";
import { differences, observe } from "./observe.js";
import type { Difference } from "./observe.js";
import { parityPage } from "./page.js";
import { sentByPython, sentBySdk } from "./senders.js";

const PAGE = fileURLToPath(new URL("../../../../docs/parity.md", import.meta.url));
const CLIENTS = (["v7", "v8"] as const).filter((client) => existsSync(pythonOf(client)));
const VERSIONS = { v7: "arize (Python) 7.52.0", v8: "arize (Python) 8.42.0" } as const;

const sdk = await sentBySdk();
const official = new Map(
  await Promise.all(CLIENTS.map(async (client) => [client, await sentByPython(client)] as const)),
);
const casesOf = (client: OfficialClient) => CASES.filter(({ only }) => only?.includes(client) ?? true);

/** Differences by the known one they are, and the rest. */
function compared(client: OfficialClient, id: string) {
  const theirs = official.get(client)?.arrived.get(id)?.[0];
  const ours = sdk.arrived.get(id)?.[0];
  if (theirs === undefined || ours === undefined) return { known: [], unlisted: [] };
  const found = differences(observe(theirs), observe(ours));
  const known = KNOWN.filter((one) => found.some((difference) => isKnown(one, client, id, difference)));
  return { known, unlisted: found.filter((difference) => !KNOWN.some((one) => isKnown(one, client, id, difference))) };
}

const shown = ({ where, theirs, ours }: Difference): string =>
  `${where}: ${theirs ?? "absent"}, here ${ours ?? "absent"}`;
const requests = (arrived: readonly Recorded[] | undefined): number => arrived?.length ?? 0;

for (const client of CLIENTS) {
  describe(`${VERSIONS[client]} beside @axlab/sdk, on the wire`, () => {
    const sent = official.get(client);
    it.each(casesOf(client).map(({ id, call }) => [call, id] as const))("%s: %s", (_call, id) => {
      expect(sent?.failed.get(id) ?? sdk.failed.get(id), "not sent").toBeUndefined();
      expect([requests(sent?.arrived.get(id)), requests(sdk.arrived.get(id))], "requests").toEqual([1, 1]);
      expect(compared(client, id).unlisted.map(shown)).toEqual([]);
    });
    const listed = KNOWN.filter(({ clients }) => clients.includes(client));
    it.each(listed.map(({ name }, index) => [name, index] as const))("difference %s occurs", (_name, index) => {
      const occurs = casesOf(client).some(({ id }) => compared(client, id).known.some((one) => one === listed[index]));
      expect(occurs, "remove it from the list").toBe(true);
    });
  });
}

describe.skipIf(CLIENTS.length < 2)("docs/parity.md", () => {
  it("is what this run found (npm run test:conformance -- parity -u updates it)", async () => {
    const page = parityPage(CASES, (client, id) => {
      if (!casesOf(client).some((one) => one.id === id)) return undefined;
      const { known, unlisted } = compared(client, id);
      return { known: known.map(({ name }) => name), unlisted: unlisted.length };
    });
    await expect(page).toMatchFileSnapshot(PAGE);
  });
}); // prettier-ignore
