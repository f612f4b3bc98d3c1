import { ValidationError } from "../errors/index.js";
import type { Bytes } from "./bytes.js";

/** A cell or line longer than this is taken for a mistake: a quote that is never closed, or a file without line ends. */
export const LONGEST_RECORD = 64 * 1024 * 1024;

/** UTF-8 text in pieces, without a byte order mark. @throws ValidationError where the bytes are no UTF-8 */
export async function* textOf(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let byte = 0;
  try {
    for await (const chunk of bytes.read()) {
      const text = decoder.decode(chunk, { stream: true });
      byte += chunk.byteLength;
      yield text;
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ValidationError(`${bytes.name} is not UTF-8`, [
      { path: `before byte ${byte + 1}`, message: "holds bytes that are no UTF-8 text; convert the file (iconv -t utf-8)" },
    ]); // prettier-ignore
  }
}
