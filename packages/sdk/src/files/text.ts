import { ValidationError } from "../errors/index.js";
import type { Bytes } from "./bytes.js";

/** A cell or line longer than this is taken for a mistake: a quote that is never closed, or a file without line ends. */
export const LONGEST_RECORD = 64 * 1024 * 1024;

/** UTF-8 text in pieces, without a byte order mark. @throws ValidationError where the bytes are no UTF-8 */
export async function* textOf(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  try {
    for await (const chunk of bytes.read()) {
      let text;
      try {
        text = decoder.decode(chunk, { stream: true });
      } catch (error) {
        line += linesBeforeBadByte(chunk);
        if (line === 1 && isGzip(chunk)) throw badText(bytes.name, 1, "is compressed with gzip; unpack the file first (gunzip)"); // prettier-ignore
        throw error;
      }
      yield text;
      line += linesIn(text);
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badText(bytes.name, line, "holds bytes that are no UTF-8 text; convert the file (iconv -t utf-8)");
  }
}

const badText = (name: string, line: number, message: string): ValidationError =>
  new ValidationError(`${name} is not UTF-8`, [{ path: `line ${line}`, message }]);

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** What cannot be decoded becomes U+FFFD when nothing is refused. */
const linesBeforeBadByte = (chunk: Uint8Array): number =>
  linesIn(new TextDecoder("utf-8").decode(chunk).split("\uFFFD", 1)[0] ?? "");

const isGzip = (chunk: Uint8Array): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b;
