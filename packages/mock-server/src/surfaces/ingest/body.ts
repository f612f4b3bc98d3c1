import type { Context } from "hono";
import { Readable } from "node:stream";
import { InvalidRequestError, PayloadTooLargeError } from "../../errors.js";
import type { HttpEnv } from "../http-env.js";

/**
 * The body as it arrives, never whole: from the socket where there is one, else from the in-process request.
 * @throws PayloadTooLargeError before reading when the announced length is beyond the limit, or as soon as more than that has come
 */
export function bodyChunks(context: Context<HttpEnv>, maxBytes: number): AsyncIterable<Uint8Array> {
  const announced = Number(context.req.header("content-length") ?? "0");
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const incoming: unknown = context.env?.incoming;
  // A reader that stops early must not destroy the socket that the answer goes out on.
  const source: AsyncIterable<Uint8Array> =
    incoming instanceof Readable ? incoming.iterator({ destroyOnReturn: false }) : fromStream(context.req.raw.body);
  return limited(source, maxBytes, context);
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  context: Context<HttpEnv>,
): AsyncGenerator<Uint8Array> {
  const seen = context.get("seen");
  seen.bytes = 0;
  for await (const chunk of interruptible(source)) {
    seen.bytes += chunk.byteLength;
    if (seen.bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

async function* interruptible(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new InvalidRequestError("The connection ended in the middle of the body; nothing was stored.", {
      cause: error,
    });
  }
}

async function* fromStream(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (stream === null) return;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

const tooLarge = (maxBytes: number): PayloadTooLargeError =>
  new PayloadTooLargeError(
    `The body is larger than the ${maxBytes} bytes that this platform takes in one upload; send the table in several.`,
  );
