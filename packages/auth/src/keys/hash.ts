import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { KEY_LENGTH } from "./format.js";

// A key is hashed on every request: a fresh state copied into one working state is twice as fast as a new one each time.
const fresh = sha256.create();
const working = sha256.create();
const digest = new Uint8Array(fresh.outputLen);
const ascii = new Uint8Array(KEY_LENGTH);

/** SHA-256 in hex: what is stored and looked up in place of a key. A fast hash is right, since 256 random bits cannot be guessed. */
export function hashKey(secret: string): string {
  fresh._cloneInto(working).update(bytesOf(secret)).digestInto(digest);
  const hash = bytesToHex(digest);
  // No part of the key stays behind in shared memory.
  working.destroy();
  ascii.fill(0);
  return hash;
}

/** UTF-8; what has the length of a key and is ASCII, as every key is, without the detour over an encoder. */
function bytesOf(secret: string): Uint8Array {
  if (secret.length !== KEY_LENGTH) return utf8ToBytes(secret);
  for (let at = 0; at < KEY_LENGTH; at++) {
    const code = secret.charCodeAt(at);
    if (code > 0x7f) return utf8ToBytes(secret);
    ascii[at] = code;
  }
  return ascii;
}

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function hashesEqual(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let at = 0; at < left.length; at++) difference |= left.charCodeAt(at) ^ right.charCodeAt(at);
  return difference === 0;
}
