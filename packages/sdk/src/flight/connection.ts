import { readFileSync } from "node:fs";

import { credentials, Metadata } from "@grpc/grpc-js";
import type { ChannelCredentials, ChannelOptions } from "@grpc/grpc-js";
import { FLIGHT_HEADERS, FLIGHT_ORIGINS } from "@axlab/wire/flight";

import type { ArizeConfig } from "../config/index.js";
import { ConfigurationError } from "../errors/index.js";
import { sdkHeaders } from "../transport/index.js";

const WINDOW = 8 * 1024 * 1024;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/** `host:port` of the Flight service. */
export const targetOf = ({ flight }: ArizeConfig): string => `${flight.host}:${flight.port}`;

/** No limit on messages, and a window that keeps large streams busy. */
export function channelOptions({ flight }: ArizeConfig): ChannelOptions {
  return {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc-node.flow_control_window": WINDOW,
    // A proxy of the environment would be asked for a server on this machine.
    ...(LOOPBACK.has(flight.host) ? { "grpc.enable_http_proxy": 0 } : {}),
  };
}

export function channelCredentials({ flight, sslCaCert, requestVerify }: ArizeConfig): ChannelCredentials {
  if (flight.scheme !== "grpc+tls") return credentials.createInsecure();
  return credentials.createSsl(sslCaCert === undefined ? null : readAuthority(sslCaCert), null, null, {
    rejectUnauthorized: requestVerify,
    ...(requestVerify ? {} : { checkServerIdentity: () => undefined }),
  });
}

function readAuthority(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigurationError(
      `sslCaCert: cannot read ${file}: ${error instanceof Error ? error.message : "unreadable"}`,
    );
  }
}

/** Who calls, on every call (`spec/flight.md §1.3`): the key travels as a binary header, not as `authorization`. */
export function callMetadata(config: ArizeConfig): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(config.defaultHeaders))
    metadata.set(name.toLowerCase(), name.toLowerCase().endsWith("-bin") ? Buffer.from(value) : value);
  for (const [name, value] of Object.entries(sdkHeaders())) metadata.set(name, value);
  metadata.set(FLIGHT_HEADERS.origin, FLIGHT_ORIGINS.logging);
  metadata.set(FLIGHT_HEADERS.authToken, Buffer.from(config.apiKey.reveal()));
  return metadata;
}
