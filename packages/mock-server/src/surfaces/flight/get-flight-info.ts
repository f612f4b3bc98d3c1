import { encapsulate, schemaMessage } from "@axlab/wire/arrow";
import { DescriptorType, flightDescriptor, flightInfo, parseRecordQuery } from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { InvalidRequestError } from "../../errors.js";
import { noteBody, type Receiving } from "../received.js";
import { recordQueryOf } from "./record-query.js";
import { encodeExportTicket } from "./ticket.js";

/** Counts what an export will give and hands out the ticket for it. */
export async function getFlightInfo(
  domain: Domain,
  caller: Caller,
  request: Uint8Array,
  received: Receiving,
): Promise<Uint8Array> {
  const descriptor = flightDescriptor.decode(request);
  if (descriptor.type !== DescriptorType.CMD)
    throw new InvalidRequestError("The flight descriptor must be of type CMD and hold an export query as JSON.");
  noteBody(received, descriptor.cmd);
  const wanted = parseRecordQuery(descriptor.cmd);
  const { export: planned, upTo } = await domain.records.plan(
    caller,
    wanted.spaceId,
    wanted.modelId,
    recordQueryOf(wanted),
  );
  const query = new TextDecoder().decode(descriptor.cmd);
  return flightInfo.encode({
    // Of an export without rows, no client asks for the stream that would tell.
    schema: encapsulate(schemaMessage(planned.schema)),
    flightDescriptor: descriptor,
    endpoint: [{ ticket: { ticket: encodeExportTicket({ query, upTo }) } }],
    totalRecords: BigInt(await planned.count()),
    totalBytes: -1n,
    ordered: false,
  });
}
