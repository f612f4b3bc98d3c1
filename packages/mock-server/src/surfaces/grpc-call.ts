import { redactSecrets } from "@axlab/auth";
import {
  Metadata,
  status,
  type ServerUnaryCall,
  type ServerReadableStream,
  type ServerWritableStream,
  type ServerDuplexStream,
  type ServiceError,
} from "@grpc/grpc-js";
import { readClientVersion } from "@axlab/wire";
import { ArrowFormatError } from "@axlab/wire/arrow";
import { FlightFormatError } from "@axlab/wire/flight";
import { IngestFormatError } from "@axlab/wire/ingest";
import { randomUUID } from "node:crypto";
import type { Caller, Surface } from "../access/gate.js";
import { InvalidRequestError, PlatformError } from "../errors.js";
import type { GrpcParts } from "./grpc.js";
import { withGrpcFaults } from "../lab/faults/grpc.js";
import { receiving, type Receiving } from "./received.js";
import { CallCancelled, untilCancelled } from "./grpc-streams.js";

/** What nginx calls it: the client hung up before the answer. */
const CLIENT_CLOSED = 499;

export type AnyCall =
  | ServerUnaryCall<Buffer, unknown>
  | ServerReadableStream<Buffer, unknown>
  | ServerWritableStream<Buffer, unknown>
  | ServerDuplexStream<Buffer, unknown>;

const raw = (bytes: Buffer): Buffer => bytes;

/** A method whose messages stay bytes. */
export const rawMethod = <T extends { path: string; requestStream: boolean; responseStream: boolean }>(
  described: T,
) => ({
  ...described,
  requestSerialize: raw,
  requestDeserialize: raw,
  responseSerialize: raw,
  responseDeserialize: raw,
});

/** What a call did, for the journal; its handler fills it in. */
export interface Seen {
  operation: string;
  rows?: number;
  bytes: number;
  received: Receiving;
}

interface Served {
  surface: Surface;
  operation: string;
  /** where this surface's clients put their key */
  secret: (metadata: Metadata) => string | undefined;
}

/**
 * One gRPC call: authenticates, runs the handler, writes the journal, and turns what was thrown into a status.
 * @returns the error to answer with, or null when all went well
 */
export async function serveCall(
  parts: GrpcParts,
  call: AnyCall,
  served: Served,
  handle: (caller: Caller, seen: Seen) => Promise<void>,
): Promise<ServiceError | null> {
  const { journal, authenticator, domain } = parts;
  const { log, clock } = domain.core;
  const startedAt = performance.now();
  const requestId = `req_${randomUUID()}`;
  const seen: Seen = {
    operation: served.operation,
    bytes: 0,
    received: receiving(Object.entries(call.metadata.getMap())),
  };
  let caller: Caller | undefined;
  let failure: unknown;
  try {
    await withGrpcFaults(
      parts.faults,
      served.operation,
      () => untilCancelled(call),
      async () => {
        caller = {
          principal: await authenticator.authenticate(served.secret(call.metadata)),
          surface: served.surface,
          client: readClientVersion((name) => header(call.metadata, name)),
          requestId,
          address: addressOf(call),
        };
        await handle(caller, seen);
      },
    );
  } catch (error) {
    failure = isMalformed(error) ? new InvalidRequestError(`${error.message}.`, { cause: error }) : error;
  }
  const gone = failure instanceof CallCancelled;
  const answered = gone
    ? CLIENT_CLOSED
    : failure === undefined
      ? 200
      : failure instanceof PlatformError
        ? failure.status
        : 500;
  if (answered === 500)
    log.error(
      {
        requestId,
        error: redactSecrets(failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)),
      },
      "failure",
    );
  const entry = {
    at: clock.now(),
    requestId,
    surface: served.surface,
    operation: seen.operation,
    userId: caller?.principal.userId ?? null,
    keyId: caller?.principal.key?.id ?? null,
    status: answered,
    refusal:
      failure === undefined
        ? null
        : gone
          ? "client closed"
          : failure instanceof PlatformError
            ? redactSecrets(failure.message)
            : "failure",
    milliseconds: performance.now() - startedAt,
    requestBytes: seen.bytes,
    ...(seen.rows !== undefined && { rows: seen.rows }),
  };
  journal.record({ ...entry, received: seen.received });
  log.info(entry, "request");
  return failure === undefined ? null : serviceError(failure, requestId);
}

const isMalformed = (error: unknown): error is Error =>
  error instanceof FlightFormatError || error instanceof ArrowFormatError || error instanceof IngestFormatError;

const CODES: Record<number, status> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.ALREADY_EXISTS,
  413: status.RESOURCE_EXHAUSTED,
  422: status.INVALID_ARGUMENT,
  429: status.RESOURCE_EXHAUSTED,
  503: status.UNAVAILABLE,
};

/** What was thrown as a gRPC status. Anything that is not ours to explain is INTERNAL without its insides. */
function serviceError(error: unknown, requestId: string): ServiceError {
  const known = error instanceof PlatformError ? CODES[error.status] : undefined;
  const details =
    known === undefined || !(error instanceof Error)
      ? "The platform failed on this call; its log has the request id."
      : redactSecrets(error.message);
  const metadata = new Metadata();
  metadata.set("x-request-id", requestId);
  return Object.assign(new Error(details), { code: known ?? status.INTERNAL, details, metadata });
}

/** The first value of a header as text; of a binary one, its bytes read as UTF-8. */
export function header(metadata: Metadata, name: string): string | undefined {
  const [value] = metadata.get(name);
  return value === undefined ? undefined : typeof value === "string" ? value : value.toString("utf8");
}

/** `ipv4:127.0.0.1:53422` or the like, without scheme and port. */
const addressOf = (call: AnyCall): string =>
  call
    .getPeer()
    .replace(/^ipv[46]:/, "")
    .replace(/:\d+$/, "");
