import type { IpcMessage } from "@axlab/wire/arrow";
import {
  decodeFlightData,
  DescriptorType,
  messageOfFlightData,
  parseDoPutRequest,
  type DoPutCommand,
} from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { InvalidRequestError } from "../../errors.js";
import { noteBody, noting, type Receiving } from "../received.js";
import { createDataset, updateDataset } from "./datasets.js";
import { postExperimentData } from "./experiments.js";
import { writeAnnotations, writeEvaluations, writeMetadata } from "./spans.js";

/** Reads a client's stream to its end. @returns the reply, as it stands in PutResult.app_metadata */
export async function doPut(
  domain: Domain,
  caller: Caller,
  stream: AsyncGenerator<Uint8Array>,
  received: Receiving,
): Promise<Uint8Array> {
  const first = await stream.next();
  if (first.done === true)
    throw new InvalidRequestError(
      "The stream ended before its first message, which holds the command and the Arrow schema.",
    );
  const opening = decodeFlightData(first.value);
  if (opening.descriptor?.type !== DescriptorType.CMD)
    throw new InvalidRequestError("The first message of DoPut must carry a flight descriptor of type CMD.");
  noteBody(received, opening.descriptor.cmd);
  const command = parseDoPutRequest(opening.descriptor.cmd);
  return answer(domain, caller, command, noting(messages(first.value, stream), received));
}

async function* messages(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<IpcMessage> {
  const opening = messageOfFlightData(decodeFlightData(first));
  if (opening !== null) yield opening;
  for await (const bytes of rest) {
    const message = messageOfFlightData(decodeFlightData(bytes));
    if (message !== null) yield message;
  }
}

function answer(
  domain: Domain,
  caller: Caller,
  command: DoPutCommand,
  table: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  switch (command.case) {
    case "createDataset":
      return createDataset(domain, caller, command.value, table);
    case "updateDataset":
      return updateDataset(domain, caller, command.value, table);
    case "postExperimentData":
      return postExperimentData(domain, caller, command.value, table);
    case "writeSpanEvaluationRequest":
      return writeEvaluations(domain, caller, command.value, table);
    case "writeSpanAnnotationRequest":
      return writeAnnotations(domain, caller, command.value, table);
    case "writeSpanAttributesMetadataRequest":
      return writeMetadata(domain, caller, command.value, table);
    default:
      throw new InvalidRequestError(`${command.case}: no client sends this, and this platform does not answer it.`);
  }
}
