import { batchesFromMessages, float64Column, messagesFromTable, tableFromColumns } from "@axlab/wire/arrow";
import { decodeFlightData, messageOfFlightData } from "@axlab/wire/flight";
import { describe, expect, it } from "vitest";
import { frameFlightData } from "./frame.js";

/** What a gRPC reader is given: a view behind the flag and length that come before each message. */
function received(framed: Buffer): Uint8Array {
  const frame = Buffer.from(new ArrayBuffer(5 + framed.byteLength));
  framed.copy(frame, 5);
  return frame.subarray(5);
}

describe("a message of DoGet", () => {
  // Names of different lengths give headers of different lengths.
  it.each(["a", "abcdef", "abcdefghij", "x".repeat(300)])(
    "holds its body where columns can be laid over it: %s",
    (name) => {
      const [schema, batch] = messagesFromTable(tableFromColumns({ [name]: float64Column([1, 2.5, 4]) }));
      if (schema === undefined || batch === undefined) throw new RangeError("no batch");
      for (const cut of [0, 1, 3, 7]) {
        // A header that was stored with fewer or more zeros behind it.
        const header = new Uint8Array(batch.header.byteLength + cut);
        header.set(batch.header);
        const read = messageOfFlightData(decodeFlightData(received(frameFlightData({ ...batch, header }))));
        if (read === null) throw new RangeError("no message");
        expect(read.body.byteOffset % 8).toBe(0);
        expect(batchesFromMessages(schema, [read])[0]?.getChildAt(0)?.toArray()).toEqual(Float64Array.of(1, 2.5, 4));
      }
    },
  );
});
