import type { ServerDuplexStream, ServerReadableStream, ServerWritableStream } from "@grpc/grpc-js";
import { setImmediate, setTimeout } from "node:timers/promises";
import { PayloadTooLargeError } from "../errors.js";

const HANG_UP_GRACE_MS = 20;

/** The other side hung up; there is nobody left to tell. */
export class CallCancelled extends Error {
  override readonly name = "CallCancelled";
}

/** Settles when the other side hangs up. @throws CallCancelled */
export function untilCancelled(call: {
  readonly cancelled: boolean;
  once(event: "cancelled", listener: () => void): unknown;
}): Promise<never> {
  return new Promise((_, reject) => {
    if (call.cancelled) reject(new CallCancelled());
    else call.once("cancelled", () => reject(new CallCancelled()));
  });
}

type Outgoing<T> = ServerWritableStream<Buffer, T> | ServerDuplexStream<Buffer, T>;

/** Writes one message and waits until it is on its way. @throws CallCancelled */
export function send<T>(call: Outgoing<T>, message: T): Promise<void> {
  return new Promise((resolve, reject) => {
    if (call.cancelled) {
      reject(new CallCancelled());
      return;
    }
    const cancelled = (): void => reject(new CallCancelled());
    call.once("cancelled", cancelled);
    call.write(message, () => {
      call.off("cancelled", cancelled);
      resolve();
    });
  });
}

/** Writes every message, reading one ahead: with a slow client no more than two are in memory. @throws CallCancelled */
export async function sendAll<T>(call: Outgoing<T>, messages: AsyncIterable<T>): Promise<void> {
  let onItsWay = Promise.resolve();
  for await (const message of messages) {
    await onItsWay;
    onItsWay = send(call, message);
    // It is awaited in the next round; until then a failure must not count as nobody's.
    onItsWay.catch(() => undefined);
  }
  await onItsWay;
}

/** Every message of the client's stream. @throws PayloadTooLargeError past the limit, CallCancelled when the client hung up */
export async function* received(
  call: ServerReadableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
  maxBytes: number,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let total = 0;
  // Leaving the loop early must not destroy the call that the answer goes out on.
  for await (const message of call.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(message)) continue;
    total += message.length;
    count(message.length);
    if (total > maxBytes)
      throw new PayloadTooLargeError(
        `The stream is larger than the ${maxBytes} bytes that this platform takes in one upload; send the table in several.`,
      );
    yield message;
  }
  // A Node client that hangs up ends its stream first and cancels it right after, maybe in another packet: without waiting for that, half an
  // upload would pass for a whole one. What has arrived by then is read before the last turn of the event loop.
  await setTimeout(HANG_UP_GRACE_MS);
  await setImmediate();
  if (call.cancelled) throw new CallCancelled();
}
