import { deterministicKey, hashKey, mintKey } from "@axlab/auth";
import { z } from "zod";
import type { Core } from "../../core.js";
import { ConfigurationError } from "../../errors.js";
import { demoDocument, emptyDocument, SeedDocument } from "./document.js";
import { plantSeed, type Tenant } from "./plant.js";

export type SeedChoice = "demo" | "empty" | SeedDocument;

/** The suffixes of a demo platform's ids are made from this, so that they are the same on every machine. */
export const DEMO_SALT = "axlab demo";

/** What the start found or made: the tenant, and whether this start planted it. `keys` holds null where a secret is not known any more. */
export interface Seeded extends Omit<Tenant, "keys"> {
  keys: Record<string, string | null>;
  fresh: boolean;
  /** the secrets are the demo's, which are the same on every machine */
  wellKnownKeys: boolean;
}

const Remembered = z.object({
  demo: z.boolean(),
  account: z.object({ id: z.string(), name: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }).nullable(),
  space: z.object({ id: z.string(), name: z.string() }).nullable(),
  users: z.record(z.string(), z.string()),
  keys: z.array(z.string()),
});

/** Plants the seed in a new database; in one that has been seeded, finds it again. */
export async function seed(core: Core, choice: SeedChoice, randomKeys: boolean): Promise<Seeded> {
  const before = await core.store.meta("seed");
  if (before !== undefined) return recall(core, Remembered.parse(JSON.parse(before)));
  const demo = choice === "demo" && !randomKeys;
  const document = choice === "demo" ? demoDocument() : choice === "empty" ? emptyDocument() : parseSeed(choice);
  const tenant = await plantSeed(core, document, demo ? demoSecret : () => mintKey());
  const { keys, ...rest } = tenant;
  await core.store.setMeta(core.store.db, "seed", JSON.stringify({ ...rest, demo, keys: Object.keys(keys) }));
  return { ...tenant, fresh: true, wellKnownKeys: demo };
}

const demoSecret = (handle: string): string => deterministicKey(`axlab demo: ${handle}`);

/** Secrets are not kept; a demo key can be made again, and is shown while it still stands. */
async function recall({ store }: Core, { demo, keys, ...rest }: z.infer<typeof Remembered>): Promise<Seeded> {
  const known: Record<string, string | null> = {};
  for (const handle of keys) {
    const secret = demoSecret(handle);
    const row = demo
      ? await store.db.selectFrom("api_keys").select("status").where("hash", "=", hashKey(secret)).executeTakeFirst()
      : undefined;
    known[handle] = row?.status === "ACTIVE" ? secret : null;
  }
  return { ...rest, keys: known, fresh: false, wellKnownKeys: Object.values(known).some((secret) => secret !== null) };
}

function parseSeed(document: unknown): SeedDocument {
  const parsed = SeedDocument.safeParse(document);
  if (!parsed.success) throw new ConfigurationError(`The seed cannot be read: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
