import type { ClientDuplexStream } from "@grpc/grpc-js";

/** Writes all messages to a call, waiting while its buffer is full, and answers what came back once the call has ended well. */
export async function drain(
  call: ClientDuplexStream<Uint8Array, Uint8Array>,
  messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<readonly Uint8Array[]> {
  const results: Uint8Array[] = [];
  let over = false;
  const ended = new Promise<void>((resolve, reject) => {
    call.on("data", (result: Uint8Array) => results.push(result));
    call.on("end", resolve);
    call.on("error", reject);
  }).finally(() => {
    over = true;
  });
  // The reason is thrown below; until then an early end is no unhandled rejection.
  ended.catch(() => undefined);
  try {
    for await (const message of messages) {
      if (over) break;
      if (!call.write(message))
        await Promise.race([new Promise<void>((resolve) => call.once("drain", resolve)), ended]);
    }
    call.end();
  } catch (error) {
    call.cancel();
    if (!over) throw error;
  }
  await ended;
  return results;
}
