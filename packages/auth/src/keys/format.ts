import { BASE62, toBase62 } from "./base62.js";
import { crc32 } from "./crc32.js";

/**
 * `ak-<uuid>-<43 random base62 characters><6 base62 characters of CRC-32>` (`spec/access.md §3`): 256 bits in the random part
 * alone, and a checksum over everything before it, so that a typo is found without a look-up.
 */
export const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
export const KEY_LENGTH = 89;
const SHAPE = /^ak-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9A-Za-z]{49}$/;

/** The last characters of a key that begins with `body`. */
export const checksumOf = (body: string): string => toBase62(crc32(body), CHECKSUM_LENGTH);

/** The same, digit by digit from the end: asked on every request, so without making the checksum's text. */
function endsInItsChecksum(key: string): boolean {
  const cut = key.length - CHECKSUM_LENGTH;
  let rest = crc32(key, cut);
  for (let at = key.length - 1; at >= cut; at--, rest = Math.floor(rest / 62))
    if (key.charCodeAt(at) !== BASE62.charCodeAt(rest % 62)) return false;
  return true;
}

export type ParsedKey =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly problem: "missing" | "malformed" | "checksum" };

const MISSING: ParsedKey = { ok: false, problem: "missing" };
const MALFORMED: ParsedKey = { ok: false, problem: "malformed" };
const CHECKSUM: ParsedKey = { ok: false, problem: "checksum" };

/**
 * Whether a text is a key, before anything is looked up. The text is taken as it is: no white space is trimmed.
 * `missing`: empty or white space only; `malformed`: not the form of a key; `checksum`: the form, but mistyped.
 */
export function parseKey(text: string | null | undefined): ParsedKey {
  if (text === null || text === undefined || text.trim() === "") return MISSING;
  if (!SHAPE.test(text)) return MALFORMED;
  return endsInItsChecksum(text) ? { ok: true, secret: text } : CHECKSUM;
}

export function isWellFormedKey(text: string | null | undefined): boolean {
  return parseKey(text).ok;
}
