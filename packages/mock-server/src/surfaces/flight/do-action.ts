import { action, parseDoActionRequest } from "@axlab/wire/flight";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { noteBody, type Receiving } from "../received.js";
import { deleteDataset, getDatasetVersions, listDatasets } from "./datasets.js";
import { createExperimentEntry, deleteExperiment } from "./experiments.js";

/** @returns the reply, as it stands in Result.body */
export async function doAction(
  domain: Domain,
  caller: Caller,
  request: Uint8Array,
  received: Receiving,
): Promise<Uint8Array> {
  const { type, body } = action.decode(request);
  noteBody(received, body);
  const command = parseDoActionRequest(body, type);
  switch (command.case) {
    case "listDatasets":
      return listDatasets(domain, caller, command.value);
    case "deleteDataset":
      return deleteDataset(domain, caller, command.value);
    case "getDatasetVersions":
      return getDatasetVersions(domain, caller, command.value);
    case "createExperimentDbEntry":
      return createExperimentEntry(domain, caller, command.value);
    case "deleteExperiment":
      return deleteExperiment(domain, caller, command.value);
  }
}
