import type { IpcMessage } from "@axlab/wire/arrow";
import { flightDataParts } from "@axlab/wire/flight";

/** gRPC's flag and length before each message. */
const GRPC_PREFIX = 5;

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
  const framed: unknown = new FramedMessage(partsWithAlignedBody(message));
  // boundary: it has what grpc-js uses of a Buffer here, which every test of DoGet proves
  return framed as Buffer;
}

/**
 * Zeros behind the header put the body at a multiple of 8 in its frame, where a reader can lay its columns over it instead of
 * copying them. A flatbuffer may be longer than what it holds: the Arrow stream format pads its headers too.
 */
function partsWithAlignedBody(message: IpcMessage): Uint8Array[] {
  const parts = flightDataParts(message);
  if (message.body.byteLength === 0) return parts;
  const bodyAt = parts.slice(0, -1).reduce((sum, part) => sum + part.byteLength, GRPC_PREFIX);
  if (bodyAt % 8 === 0) return parts;
  const header = new Uint8Array(message.header.byteLength + 8 - (bodyAt % 8));
  header.set(message.header);
  return flightDataParts({ ...message, header });
}
