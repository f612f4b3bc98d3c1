import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { RandomSourceError } from "../errors.js";
import { BASE62 } from "./base62.js";
import { checksumOf, RANDOM_LENGTH } from "./format.js";

/** Gives `length` bytes that nobody can predict. */
export type RandomBytes = (length: number) => Uint8Array;

const systemRandom: RandomBytes = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

/**
 * A new key (`spec/access.md §3`): 256 bits from the system's secure source in its last part, 122 more in its uuid.
 *
 * @throws RandomSourceError if the given source returns another number of bytes, or only bytes that cannot be used
 */
export function mintKey(random: RandomBytes = systemRandom): string {
  const body = `ak-${uuid(take(random, 16))}-${base62(random, RANDOM_LENGTH)}`;
  return body + checksumOf(body);
}

/**
 * A key of the same form that follows from its seed alone, for demo data that must be the same on every machine.
 * Whoever knows the seed knows the key: never for real ones.
 */
export function deterministicKey(seed: string): string {
  let block = 0;
  return mintKey((length) => {
    const bytes = new Uint8Array(Math.ceil(length / 32) * 32);
    for (let at = 0; at < bytes.length; at += 32)
      bytes.set(sha256(utf8ToBytes(`axlab deterministic key\n${block++}\n${seed}`)), at);
    return bytes.slice(0, length);
  });
}

function take(random: RandomBytes, length: number): Uint8Array {
  const bytes = random(length);
  if (bytes.length === length) return bytes;
  throw new RandomSourceError(
    `The source of random bytes gave ${bytes.length} of ${length} bytes; a key needs all of them.`,
  );
}

/** Version 4, variant 1 (RFC 9562 §5.4). */
function uuid(random: Uint8Array): string {
  const hex = bytesToHex(random);
  const variant = "89ab".charAt((random[8] ?? 0) & 3);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    "-",
  );
}

/** Every character is as likely as any other: bytes from 248 on, which would favour the first eight, are thrown away. */
const FAIR_BELOW = 248;
const MAX_DRAWS = 100;

function base62(random: RandomBytes, length: number): string {
  let text = "";
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    for (const byte of take(random, length)) {
      if (byte < FAIR_BELOW) text += BASE62.charAt(byte % 62);
      if (text.length === length) return text;
    }
  }
  throw new RandomSourceError("The source of random bytes keeps giving bytes that cannot be used; is it broken?");
}
