import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const KEY_BYTES = 32;

/** A password is guessable, so its hash is slow: `<salt>.<scrypt>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("base64url")}.${(await derive(password, salt, KEY_BYTES)).toString("base64url")}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [salt, expected] = hash.split(".");
  if (salt === undefined || expected === undefined) return false;
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, "base64url"), KEY_BYTES),
    Buffer.from(expected, "base64url"),
  );
}

/** What a link or a temporary password is made of: 192 random bits. */
export const newToken = (): string => randomBytes(24).toString("base64url");

/** A token cannot be guessed, so a fast hash keeps it. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
