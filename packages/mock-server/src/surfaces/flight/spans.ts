import type { IpcMessage } from "@axlab/wire/arrow";
import {
  messageCodec,
  WriteSpanAnnotationResponseSchema,
  WriteSpanAttributesMetadataResponseSchema,
  WriteSpanEvaluationResponseSchema,
  type WriteSpanAnnotationRequest,
  type WriteSpanAttributesMetadataRequest,
  type WriteSpanEvaluationRequest,
} from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";

const targetOf = ({ spaceId, externalModelId }: { spaceId: string; externalModelId: string }) => ({
  spaceId,
  project: externalModelId,
});

export async function writeEvaluations(
  domain: Domain,
  caller: Caller,
  request: WriteSpanEvaluationRequest,
  table: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const { updated, unmatched } = await domain.spans.writeEvaluations(caller, targetOf(request), table);
  return messageCodec(WriteSpanEvaluationResponseSchema).encode({
    recordsUpdated: BigInt(updated),
    unmatchedIds: unmatched,
  });
}

export async function writeAnnotations(
  domain: Domain,
  caller: Caller,
  request: WriteSpanAnnotationRequest,
  table: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const { updated, unmatched } = await domain.spans.writeAnnotations(caller, targetOf(request), table);
  return messageCodec(WriteSpanAnnotationResponseSchema).encode({
    recordsUpdated: BigInt(updated),
    unmatchedIds: unmatched,
  });
}

export async function writeMetadata(
  domain: Domain,
  caller: Caller,
  request: WriteSpanAttributesMetadataRequest,
  table: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const { processed, updated, errors } = await domain.spans.patchMetadata(caller, targetOf(request), table);
  return messageCodec(WriteSpanAttributesMetadataResponseSchema).encode({
    spansProcessed: BigInt(processed),
    spansUpdated: BigInt(updated),
    spansFailed: BigInt(errors.length),
    errors: errors.map(({ spanId, message }) => ({ spanId, errorMessage: message })),
  });
}
