import { pathToFileURL } from "node:url";
import { ArizeClient } from "@axlab/sdk";

const GRACE_SECONDS = 15 * 60;

/**
 * Replaces the secret of a service key. The old one keeps working for 15 minutes, so that every worker has time to
 * read the new one from the vault; the new one is proven before the vault has it.
 *
 * @param {ArizeClient} client with a key that may refresh: a space admin's, or that of whoever made the key
 * @param {{ space: string, name: string, store: (secret: string) => Promise<void>, clientOf: (secret: string) => ArizeClient }} rotation
 *   `store` writes the vault; `clientOf` makes a client with another key
 */
export async function rotate(client, { space, name, store, clientOf }) {
  const keys = await client.apiKeys.list({ space }).toArray();
  const [key, ...others] = keys.filter((candidate) => candidate.name === name);
  if (key === undefined) throw new Error(`There is no service key "${name}" in the space ${space}`);
  if (others.length > 0)
    throw new Error(`${others.length + 1} service keys are named "${name}"; give them names of their own`);

  const fresh = await client.apiKeys.refresh(key.id, { grace_period_seconds: GRACE_SECONDS });
  await clientOf(fresh.key.reveal()).spaces.get(space);
  await store(fresh.key.reveal());
  // Printing the answer is safe: the secret shows itself redacted everywhere but in reveal().
  console.log("rotated", fresh);
  return fresh;
}

// ARIZE_API_KEY, ARIZE_SPACE_ID and, for a local platform, ARIZE_BASE_URL come from the environment.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [name] = process.argv.slice(2);
  if (name === undefined) throw new Error("Usage: node rotate.js NAME-OF-THE-KEY");
  await rotate(new ArizeClient(), {
    space: process.env.ARIZE_SPACE_ID,
    name,
    clientOf: (secret) => new ArizeClient({ apiKey: secret }),
    store: async (secret) => {
      const { writeFile } = await import("node:fs/promises");
      await writeFile(".secret", secret, { mode: 0o600 });
    },
  });
}
