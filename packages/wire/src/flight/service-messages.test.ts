import { expect, test } from "vitest";
import { GetDatasetVersionsResponseSchema, WriteSpanEvaluationResponseSchema } from "../gen/public/flight_pb.js";
import { FlightFormatError } from "./errors.js";
import { action, commandDescriptor, DescriptorType, flightInfo, messageCodec, ticket } from "./service-messages.js";

test("FlightInfo carries its descriptor, counts and a ticket", () => {
  const bytes = flightInfo.encode({
    flightDescriptor: commandDescriptor(Uint8Array.of(1)),
    totalRecords: 3n,
    totalBytes: -1n,
    endpoint: [{ ticket: { ticket: Uint8Array.of(2) } }],
  });
  expect(flightInfo.decode(bytes)).toMatchObject({
    flightDescriptor: { type: DescriptorType.CMD, cmd: Uint8Array.of(1) },
    totalRecords: 3n,
    totalBytes: -1n,
    endpoint: [{ ticket: { ticket: Uint8Array.of(2) } }],
  });
});

test("replies have the field numbers of spec/flight.md §3", () => {
  const versions = messageCodec(GetDatasetVersionsResponseSchema).encode({ versions: [{ versionName: "v" }] });
  expect([...versions]).toEqual([0x12, 3, 0x0a, 1, 0x76]);
  const written = messageCodec(WriteSpanEvaluationResponseSchema).encode({ recordsUpdated: 2n, unmatchedIds: ["a"] });
  expect([...written]).toEqual([0x08, 2, 0x12, 1, 0x61]);
});

test("bytes of another shape are refused by name", () => {
  expect(() => ticket.decode(Uint8Array.of(0xff))).toThrow(FlightFormatError);
  expect(() => action.decode(Uint8Array.of(0x0a, 9))).toThrow("bytes are not a arrow.flight.protocol.Action");
});
