export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Exactly `width` digits, the highest first. */
export function toBase62(value: number, width: number): string {
  let digits = "";
  for (let rest = value; digits.length < width; rest = Math.floor(rest / 62))
    digits = BASE62.charAt(rest % 62) + digits;
  return digits;
}
