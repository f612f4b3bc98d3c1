import type { CallOptions } from "../transport/types.js";

/** What `experiments` asks of Arrow Flight. Implemented in `src/flight`. */
export interface ExperimentsPort {
  /** Registers an experiment without runs, and a project for its traces (`spec/flight.md` §6.5). */
  createExperimentEntry(
    input: { readonly spaceId: string; readonly datasetId: string; readonly name: string },
    options: CallOptions,
  ): Promise<{ readonly experimentId: string; readonly traceModelName: string }>;
  /** Registers an experiment and stores its runs in one upload. */
  createExperiment(
    input: {
      readonly spaceId: string;
      readonly datasetId: string;
      readonly name: string;
      readonly runs: readonly object[];
    },
    options: CallOptions,
  ): Promise<{ readonly experimentId: string }>;
}

export const isExperimentsPort = (flight: object): flight is ExperimentsPort =>
  typeof Reflect.get(flight, "createExperimentEntry") === "function";
