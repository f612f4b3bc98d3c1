import { redactSecrets } from "@axlab/auth";

import type { Secret } from "../secret.js";

// Replacing a placeholder such as "x" would garble every text and protect nothing.
const SHORTEST_KEY = 8;

/** Takes keys out of a text: everything that looks like one, and the client's own whatever it looks like. */
export function redactor(key: Secret): (text: string) => string {
  const own = key.reveal();
  if (own.length < SHORTEST_KEY) return redactSecrets;
  return (text) => redactSecrets(text.replaceAll(own, key.redacted));
}
