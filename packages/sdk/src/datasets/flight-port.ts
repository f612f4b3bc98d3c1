import type { RecordBatch } from "apache-arrow";

import type { CallOptions } from "../transport/types.js";

/** What `datasets` asks of Arrow Flight, for sets that are too large for REST. Implemented in `src/flight`. */
export interface FlightPort {
  /** One atomic upload. Answers the new dataset's global id. */
  createDataset(input: FlightDataset, options: CallOptions): Promise<{ readonly datasetId: string }>;
  close(): void;
}

export interface FlightDataset {
  /** A global id. */
  readonly spaceId: string;
  readonly name: string;
  /** The examples, of one schema, with `id`, `created_at` and `updated_at`; asked for again when the call is repeated. */
  readonly batches: () => AsyncIterable<RecordBatch>;
}

/** Whole versions, as they stream in. */
export interface FlightReads {
  getDataset(
    input: { readonly spaceId: string; readonly datasetId: string; readonly version?: string | undefined },
    options: CallOptions,
  ): AsyncGenerator<RecordBatch, void, undefined>;
}

export const readsDatasets = (port: FlightPort): port is FlightPort & FlightReads => "getDataset" in port;
