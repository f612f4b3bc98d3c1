const LONG = /\d{16}/;
const TOKEN = /["\d-]/g;
const STRING_PART = /["\\]/g;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * JSON whose integers that a number would change are texts: 12345678901234567890 is "12345678901234567890", as it is kept when it comes by
 * Flight, and not 12345678901234567000 (`decisions/0056`).
 */
export function withExactIntegers(json: string): string {
  if (!LONG.test(json)) return json;
  const parts: string[] = [];
  let copied = 0;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(json); found !== null; found = TOKEN.exec(json)) {
    if (found[0] === '"') {
      TOKEN.lastIndex = endOfString(json, found.index + 1);
      continue;
    }
    NUMBER.lastIndex = found.index;
    const number = NUMBER.exec(json)?.[0];
    if (number === undefined) continue;
    TOKEN.lastIndex = NUMBER.lastIndex;
    if (!isChanged(number)) continue;
    parts.push(json.slice(copied, found.index), `"${number}"`);
    copied = NUMBER.lastIndex;
  }
  return parts.length === 0 ? json : parts.join("") + json.slice(copied);
}

/** Whether reading and writing it again gives another integer. */
const isChanged = (number: string): boolean =>
  number.length > 15 && /^-?\d+$/.test(number) && String(Number(number)) !== number;

/** Where what follows a text begins. */
function endOfString(json: string, from: number): number {
  STRING_PART.lastIndex = from;
  for (let found = STRING_PART.exec(json); found !== null; found = STRING_PART.exec(json)) {
    if (found[0] === '"') return STRING_PART.lastIndex;
    STRING_PART.lastIndex += 1;
  }
  return json.length;
}
