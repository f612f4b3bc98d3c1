export { FlightFormatError } from "./errors.js";
export { ACTION_TYPES, FLIGHT_HEADERS, FLIGHT_METHODS, FLIGHT_ORIGINS, FLIGHT_SERVICE } from "./methods.js";
export * from "./service-messages.js";
export {
  decodeFlightData,
  encodeFlightData,
  flightDataParts,
  messageOfFlightData,
  type FlightData,
} from "./flight-data.js";
export * from "./commands.js";
export * from "../gen/public/flight_pb.js";
export { timestampDate, timestampFromDate, timestampFromMs, timestampMs, type Timestamp } from "@bufbuild/protobuf/wkt";
