/** Shorter texts are hidden whole: six and three characters of them would tell too much. */
const SHORTEST_SHOWN = 24;

/** `ak-1f3...9Qz`: the first 6 and the last 3 characters, as `redacted_key` shows a key. */
export function redactKey(secret: string): string {
  return secret.length < SHORTEST_SHOWN ? "***" : `${secret.slice(0, 6)}...${secret.slice(-3)}`;
}

/**
 * Whatever may be a key, also a damaged or foreign one: `ak-` and the beginning of a uuid anywhere (a key may follow an escape
 * such as `\n` or `%20`, whose last character is a letter or digit), or `ak-` and a long run at the beginning of a word.
 */
const KEY_LOOKING = /ak-[0-9a-f]{8}-[\w-]{10,}|(?<![0-9A-Za-z])ak-[\w-]{21,}/gi;

/** The text with every key in it, and everything that looks like one, in its redacted form. */
export function redactSecrets(text: string): string {
  return text.replace(KEY_LOOKING, redactKey);
}
