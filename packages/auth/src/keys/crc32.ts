const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** CRC-32 (IEEE 802.3) of the first `length` characters of an ASCII text. Finds every change within four neighbouring characters. */
export function crc32(ascii: string, length = ascii.length): number {
  let crc = 0xffffffff;
  for (let at = 0; at < length; at++) crc = (crc >>> 8) ^ (TABLE[(crc ^ ascii.charCodeAt(at)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
