import type { UploadBody } from "../transport/types.js";
import { nodeBuiltin } from "./builtin.js";

interface OpenBody {
  /** What axios takes on this runtime. */
  readonly data: unknown;
  /** The error the caller's own stream ended with, which is not a network error. */
  failure(): Error | undefined;
  close(): void;
}

/** Makes a body ready for one attempt: a Node stream, or in a browser a web stream. Bytes are not copied. */
export function openBody(body: UploadBody | string | undefined): OpenBody {
  if (typeof body === "function") return openStream(body());
  const data = body instanceof Uint8Array ? asBuffer(body) : body;
  return { data, failure: () => undefined, close: () => undefined };
}

function asBuffer(bytes: Uint8Array): Uint8Array {
  return globalThis.Buffer ? globalThis.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;
}

function openStream(chunks: AsyncIterable<Uint8Array>): OpenBody {
  let failure: Error | undefined;
  const watched = watch(chunks, (error) => {
    failure = error;
  });
  const readable = nodeBuiltin("node:stream")?.Readable.from(watched, { objectMode: false });
  if (!readable) return { data: webStream(watched), failure: () => failure, close: () => undefined };
  // Destroying an unfinished stream emits an error nobody else listens to.
  readable.on("error", () => undefined);
  return { data: readable, failure: () => failure, close: () => readable.destroy() };
}

async function* watch(chunks: AsyncIterable<Uint8Array>, onError: (error: Error) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof Error) onError(error);
    throw error;
  }
}

function webStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
