import { readIpcMessages } from "@axlab/wire/arrow";
import {
  commandDescriptor,
  encodeDoPutRequest,
  encodeFlightData,
  messageCodec,
  WriteSpanAnnotationResponseSchema,
  WriteSpanAttributesMetadataResponseSchema,
  WriteSpanEvaluationResponseSchema,
} from "@axlab/wire/flight";

import type { SpanUpdate, SpanUpdateReply } from "../logger/spans/update-port.js";
import type { CallOptions } from "../transport/index.js";
import type { FlightChannel } from "./channel.js";
import { firstReply } from "./tables.js";

const CASES = {
  evaluations: "writeSpanEvaluationRequest",
  annotations: "writeSpanAnnotationRequest",
  metadata: "writeSpanAttributesMetadataRequest",
} as const;

/** One DoPut of evaluations, annotations or metadata. Writing the same again changes nothing, so that it may be repeated. */
export async function writeSpanUpdate(
  channel: FlightChannel,
  update: SpanUpdate,
  options: CallOptions,
): Promise<SpanUpdateReply> {
  const value = { spaceId: update.spaceId, externalModelId: update.project };
  const command = encodeDoPutRequest({ case: CASES[update.kind], value });
  const results = await channel.doPut(() => flightMessages(command, update.stream), { ...options, idempotent: true });
  return decodeReply(update.kind, firstReply(results, CASES[update.kind]));
}

async function* flightMessages(command: Uint8Array, stream: Uint8Array): AsyncGenerator<Uint8Array> {
  const descriptor = commandDescriptor(command);
  for await (const { kind, header, body } of readIpcMessages([stream]))
    yield encodeFlightData(kind === "schema" ? { descriptor, header, body } : { header, body });
}

function decodeReply(kind: SpanUpdate["kind"], bytes: Uint8Array): SpanUpdateReply {
  if (kind === "metadata") {
    const { spansUpdated, errors } = messageCodec(WriteSpanAttributesMetadataResponseSchema).decode(bytes);
    return {
      updated: Number(spansUpdated),
      unmatchedIds: [],
      errors: errors.map(({ spanId, errorMessage }) => ({ spanId, message: errorMessage })),
    };
  }
  const { recordsUpdated, unmatchedIds } =
    kind === "evaluations"
      ? messageCodec(WriteSpanEvaluationResponseSchema).decode(bytes)
      : messageCodec(WriteSpanAnnotationResponseSchema).decode(bytes);
  return { updated: Number(recordsUpdated), unmatchedIds, errors: [] };
}
