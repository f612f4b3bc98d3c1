import type { IpcMessage } from "@axlab/wire/arrow";
import { parseDoGetRequest, parseRecordQuery, ticket } from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { noteBody, type Receiving } from "../received.js";
import { getDataset } from "./datasets.js";
import { getExperiment } from "./experiments.js";
import { recordQueryOf } from "./record-query.js";
import { decodeExportTicket } from "./ticket.js";

/** The Arrow messages that a ticket stands for: an export's, a dataset's or an experiment's. */
export async function* doGet(
  domain: Domain,
  caller: Caller,
  request: Uint8Array,
  received: Receiving,
): AsyncGenerator<IpcMessage> {
  const bytes = ticket.decode(request).ticket;
  noteBody(received, bytes);
  const promised = decodeExportTicket(bytes);
  if (promised !== null) {
    const wanted = parseRecordQuery(new TextEncoder().encode(promised.query));
    const { export: planned } = await domain.records.plan(
      caller,
      wanted.spaceId,
      wanted.modelId,
      recordQueryOf(wanted),
      promised.upTo,
    );
    yield* planned.messages();
    return;
  }
  const command = parseDoGetRequest(bytes);
  if (command.case === "getDataset") yield* getDataset(domain, caller, command.value);
  else yield* getExperiment(domain, caller, command.value);
}
