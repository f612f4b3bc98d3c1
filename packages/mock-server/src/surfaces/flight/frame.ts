import type { IpcMessage } from "@axlab/wire/arrow";
import { flightDataParts } from "@axlab/wire/flight";

/**
 * A message of several MiB as the pieces it is made of. Of what a serializer returns, grpc-js asks only how long it is and to be
 * copied behind the prefix of the frame that it allocates; so a body that came from the store is copied once on its way out.
 */
class FramedMessage {
  readonly byteLength: number;

  constructor(private readonly parts: readonly Uint8Array[]) {
    this.byteLength = parts.reduce((sum, part) => sum + part.byteLength, 0);
  }

  copy(target: Uint8Array, start: number): number {
    let at = start;
    for (const part of this.parts) {
      target.set(part, at);
      at += part.byteLength;
    }
    return this.byteLength;
  }
}

/** The response serializer of DoGet. */
export function frameFlightData(message: IpcMessage): Buffer {
  const framed: unknown = new FramedMessage(flightDataParts(message));
  // boundary: it has what grpc-js uses of a Buffer here, which every test of DoGet proves
  return framed as Buffer;
}
