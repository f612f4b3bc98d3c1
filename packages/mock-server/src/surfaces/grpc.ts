import { Server } from "@grpc/grpc-js";
import type { Authenticator } from "../access/authenticate.js";
import type { Domain } from "../domain/domain.js";
import type { Faults } from "../lab/faults/faults.js";
import type { Journal } from "../lab/journal.js";
import { flightDefinition, flightService } from "./flight/index.js";
import { traceDefinition, traceService } from "./otlp/grpc.js";

export interface GrpcParts {
  domain: Domain;
  authenticator: Pick<Authenticator, "authenticate">;
  journal: Journal;
  faults: Faults;
}

/** What a client may send before the platform has read it, per stream and connection: with the customary 64 KiB, uploads crawl. */
const FLOW_CONTROL_WINDOW = 8 * 1024 * 1024;

/** The gRPC services: Flight, and OTLP's trace collector. */
export function grpcServer(parts: GrpcParts): Server {
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc-node.flow_control_window": FLOW_CONTROL_WINDOW,
    "grpc.enable_channelz": 0,
  });
  server.addService(flightDefinition, flightService(parts));
  server.addService(traceDefinition, traceService(parts));
  return server;
}
