/**
 * What enforcement costs a REST read, and whether refusals can be told apart by their time. In-process, without a socket, so that nothing
 * but the platform is measured. `pnpm --filter @axlab/bench rest`; the goals are ≤ 25 % more than `--auth off`, and refusals whose medians
 * lie within the spread of one of them.
 */
import { mintKey } from "@axlab/auth";
import { globalId } from "@axlab/wire";
import { CreatedApiKey, SpacePage } from "@axlab/wire/rest";
import { createPlatform, type Platform } from "@axlab/mock-server";
import { summary, type Summary } from "./summary.js";

const ROUNDS = 40;
const READS = 250;
const PROBES = 4000;

type Ask = () => Promise<Response>;

const reader = (platform: Platform, key: string | null, path: string, status: number): Ask => {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  return async () => {
    const response = await platform.fetch(new Request(`http://axlab${path}`, { headers }));
    await response.text();
    if (response.status !== status) throw new TypeError(`${path} answered ${response.status} instead of ${status}`);
    return response;
  };
};

/** Microseconds a call, of many in a row. */
async function timed(ask: Ask, calls: number): Promise<number> {
  const since = performance.now();
  for (let call = 0; call < calls; call += 1) await ask();
  return ((performance.now() - since) / calls) * 1000;
}

async function enforcement(): Promise<void> {
  const enforced = await createPlatform({ auth: "enforced" });
  const off = await createPlatform({ auth: "off" });
  const path = `/v2/spaces/${encodeURIComponent(enforced.seeded.space?.id ?? "")}`;
  const asks = [
    reader(enforced, enforced.seeded.keys["member"] ?? "", path, 200),
    reader(off, null, path, 200),
  ] as const;
  for (const ask of asks) await timed(ask, 500);
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      times[index].push(await timed(asks[index], READS));
  }
  const [withKeys, without] = [summary(times[0]), summary(times[1])];
  console.log(`GET /v2/spaces/{id}, ${ROUNDS} rounds of ${READS}, microseconds a read`);
  print("enforced", withKeys);
  print("--auth off", without);
  console.log(
    `  enforcement costs ${((withKeys.median / without.median - 1) * 100).toFixed(1)} % (goal: at most 25 %)\n`,
  );
  await enforced.close();
  await off.close();
}

/** Every probe is one request; the kinds take turns, so that what else the machine does strikes all of them alike. */
async function refusals(): Promise<void> {
  const platform = await createPlatform();
  const { admin, member } = platform.seeded.keys;
  if (!admin || !member) throw new TypeError("The demo seed has keys for admin and member.");
  const call = (key: string, method: string, path: string, body?: object) =>
    platform.fetch(
      new Request(`http://axlab${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  const made = CreatedApiKey.parse(
    await (await call(admin, "POST", "/v2/api-keys", { key_type: "USER", name: "to be revoked" })).json(),
  );
  await call(admin, "PUT", `/v2/api-keys/${encodeURIComponent(made.id)}/revoke`);
  const vaults = SpacePage.parse(await (await call(admin, "GET", "/v2/spaces?name=vault")).json());
  const space = (id: string): string => `/v2/spaces/${encodeURIComponent(id)}`;
  const kinds: readonly (readonly [string, Ask])[] = [
    ["unknown key (401)", reader(platform, mintKey(), space(vaults.spaces[0]?.id ?? ""), 401)],
    ["revoked key (401)", reader(platform, made.key, space(vaults.spaces[0]?.id ?? ""), 401)],
    ["hidden space (404)", reader(platform, member, space(vaults.spaces[0]?.id ?? ""), 404)],
    ["absent space (404)", reader(platform, member, space(globalId("Space", 999_999, "aBcD")), 404)],
  ];
  const times = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
  for (let probe = -500; probe < PROBES; probe += 1) {
    for (const [name, ask] of kinds) {
      const microseconds = await timed(ask, 1);
      if (probe >= 0) times.get(name)?.push(microseconds);
    }
  }
  console.log(`Refusals, ${PROBES} probes each, microseconds`);
  for (const [name, values] of times) print(name, summary(values));
  await platform.close();
}

function print(name: string, { median, low, high }: Summary): void {
  console.log(
    `  ${name.padEnd(20)} median ${median.toFixed(0).padStart(6)}   p10 ${low.toFixed(0).padStart(6)}   p90 ${high.toFixed(0).padStart(6)}`,
  );
}

await enforcement();
await refusals();
