import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { int64Column, messagesFromTable, tableFromColumns } from "../arrow/index.js";
import { FlightFormatError } from "./errors.js";
import { decodeFlightData, encodeFlightData, messageOfFlightData } from "./flight-data.js";
import { commandDescriptor } from "./service-messages.js";

const bytes = fc.uint8Array({ maxLength: 300 });

describe("FlightData", () => {
  test("survives encoding and decoding", () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.option(bytes), (header, body, appMetadata, cmd) => {
        const descriptor = cmd === null ? {} : { descriptor: commandDescriptor(cmd) };
        const read = decodeFlightData(encodeFlightData({ header, body, appMetadata, ...descriptor }));
        expect(read.header).toEqual(header);
        expect(read.body).toEqual(body);
        expect(read.appMetadata ?? new Uint8Array(0)).toEqual(appMetadata);
        expect(read.descriptor?.cmd).toEqual(cmd ?? undefined);
      }),
    );
  });

  test("has the bytes protobuf defines, the body in field 1000", () => {
    const data = { header: Uint8Array.of(1, 2), body: Uint8Array.of(3), appMetadata: Uint8Array.of(9) };
    expect([...encodeFlightData(data)]).toEqual([0x12, 2, 1, 2, 0x1a, 1, 9, 0xc2, 0x3e, 1, 3]);
    const withCommand = {
      header: Uint8Array.of(1),
      body: new Uint8Array(0),
      descriptor: commandDescriptor(Uint8Array.of(7)),
    };
    expect([...encodeFlightData(withCommand)]).toEqual([0x0a, 5, 8, 2, 0x12, 1, 7, 0x12, 1, 1]);
  });

  test("encodes lengths of several bytes", () => {
    const body = new Uint8Array(5_000_000).fill(7);
    const encoded = encodeFlightData({ header: new Uint8Array(200), body });
    expect(encoded.byteLength).toBe(3 + 200 + 2 + 4 + 5_000_000);
    const read = decodeFlightData(encoded);
    expect([read.header.byteLength, read.body.byteLength]).toEqual([200, 5_000_000]);
    expect(read.body.every((byte) => byte === 7)).toBe(true);
  });

  test("is read as views of its bytes, without a copy", () => {
    const encoded = encodeFlightData({ header: Uint8Array.of(1), body: Uint8Array.of(2) });
    const read = decodeFlightData(encoded);
    expect(read.header.buffer).toBe(encoded.buffer);
    expect(read.body.buffer).toBe(encoded.buffer);
  });

  test("skips fields it does not know, of any wire type", () => {
    const unknown = Uint8Array.of(0x20, 0x96, 1, 0x29, 1, 2, 3, 4, 5, 6, 7, 8, 0x35, 1, 2, 3, 4, 0x3a, 1, 0);
    const known = encodeFlightData({ header: Uint8Array.of(1), body: Uint8Array.of(2) });
    const read = decodeFlightData(Uint8Array.of(...unknown, ...known, ...unknown));
    expect([[...read.header], [...read.body]]).toEqual([[1], [2]]);
  });

  test.each([
    ["cut off in a length", [0x12], "cut off at byte 1"],
    ["cut off in a value", [0x12, 5, 1], "a field of 5 bytes at byte 2 of 3"],
    ["of wire type 3", [0x0b], "wire type 3"],
    ["of field 0", [0x02, 0], "field number 0"],
    ["of an endless number", Array.from({ length: 12 }, () => 0xff), "longer than ten bytes"],
    ["of a broken descriptor", [0x0a, 1, 0xff], "not a arrow.flight.protocol.FlightDescriptor"],
  ])("%s is refused", (_, message, text) => {
    expect(() => decodeFlightData(Uint8Array.from(message))).toThrow(FlightFormatError);
    expect(() => decodeFlightData(Uint8Array.from(message))).toThrow(text);
  });

  test("noise is read or refused with FlightFormatError", () => {
    fc.assert(
      fc.property(bytes, (noise) => {
        try {
          decodeFlightData(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(FlightFormatError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("carries an Arrow message, or none", () => {
    const messages = [...messagesFromTable(tableFromColumns({ a: int64Column([1, 2, 3]) }))];
    const read = messages.map((message) => messageOfFlightData(decodeFlightData(encodeFlightData(message))));
    expect(read.map((message) => [message?.kind, message?.rows])).toEqual([
      ["schema", 0],
      ["batch", 3],
    ]);
    expect(messageOfFlightData({ header: new Uint8Array(0), body: new Uint8Array(0) })).toBeNull();
  });
});
