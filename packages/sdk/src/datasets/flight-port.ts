import type { JsonObject } from "@axlab/wire";

import type { CallOptions } from "../transport/types.js";

/** What `datasets` asks of Arrow Flight: one atomic upload for sets that are too large for REST. Implemented in `src/flight`. */
export interface FlightPort {
  /** `spaceId` is a global id; examples hold the user's fields only. Answers the new dataset's global id. */
  createDataset(input: FlightDataset, options: CallOptions): Promise<{ readonly datasetId: string }>;
  close(): void;
}

export interface FlightDataset {
  readonly spaceId: string;
  readonly name: string;
  readonly examples: readonly JsonObject[];
}
