import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  ActionSchema,
  FlightDescriptorSchema,
  FlightInfoSchema,
  PutResultSchema,
  ResultSchema,
  TicketSchema,
  FlightDescriptor_DescriptorType as DescriptorType,
  type FlightDescriptor,
} from "../gen/arrow/flight_service_pb.js";
import { FlightFormatError } from "./errors.js";

export { DescriptorType };
export type {
  Action,
  FlightDescriptor,
  FlightEndpoint,
  FlightInfo,
  PutResult,
  Result,
  Ticket,
} from "../gen/arrow/flight_service_pb.js";

/** Binary encoding of one message type; `decode` throws FlightFormatError. */
export interface MessageCodec<D extends DescMessage> {
  encode(message: MessageInitShape<D>): Uint8Array;
  decode(bytes: Uint8Array): MessageShape<D>;
}

export const flightDescriptor = messageCodec(FlightDescriptorSchema);
export const flightInfo = messageCodec(FlightInfoSchema);
export const ticket = messageCodec(TicketSchema);
export const action = messageCodec(ActionSchema);
export const result = messageCodec(ResultSchema);
export const putResult = messageCodec(PutResultSchema);

/** A descriptor of type CMD, the only type AX uses. Its `cmd` is command JSON. */
export function commandDescriptor(cmd: Uint8Array): FlightDescriptor {
  return create(FlightDescriptorSchema, { type: DescriptorType.CMD, cmd });
}

/** Encoding of any reply carried in `Result.body` or `PutResult.app_metadata` (spec/flight.md §3). */
export function messageCodec<D extends DescMessage>(schema: D): MessageCodec<D> {
  return {
    encode: (message) => toBinary(schema, create(schema, message)),
    decode(bytes) {
      try {
        return fromBinary(schema, bytes);
      } catch (cause) {
        throw new FlightFormatError(
          `bytes are not a ${schema.typeName}: ${cause instanceof Error ? cause.message : String(cause)}`,
        );
      }
    },
  };
}
