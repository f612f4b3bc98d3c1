/** gRPC service name of Arrow Flight. */
export const FLIGHT_SERVICE = "arrow.flight.protocol.FlightService";

/** The Flight methods AX clients call; all others answer UNIMPLEMENTED (spec/flight.md §11). */
export const FLIGHT_METHODS = {
  getFlightInfo: { path: `/${FLIGHT_SERVICE}/GetFlightInfo`, requestStream: false, responseStream: false },
  doGet: { path: `/${FLIGHT_SERVICE}/DoGet`, requestStream: false, responseStream: true },
  doPut: { path: `/${FLIGHT_SERVICE}/DoPut`, requestStream: true, responseStream: true },
  doAction: { path: `/${FLIGHT_SERVICE}/DoAction`, requestStream: false, responseStream: true },
} as const;

/** Call metadata names (spec/flight.md §1.3). `authToken` is a binary header: raw key bytes, base64 only on the wire. */
export const FLIGHT_HEADERS = {
  authToken: "auth-token-bin",
  origin: "origin",
  spaceId: "space-id",
  interface: "arize-interface",
  sdkLanguage: "sdk-language",
  languageVersion: "language-version",
  sdkVersion: "sdk-version",
  sdkPackageName: "sdk-package-name",
} as const;

/** Values of `origin` by client: the v7 exporter, the v7 datasets client, and the v7 logger and every v8 client. */
export const FLIGHT_ORIGINS = {
  exporter: "arize-python-exporter",
  datasets: "arize-python-datasets-client",
  logging: "arize-logging-client",
} as const;

/** `Action.type` of each DoAction request; note the singular `get_dataset_version` (spec/flight.md §0). */
export const ACTION_TYPES = {
  listDatasets: "list_datasets",
  deleteDataset: "delete_dataset",
  getDatasetVersions: "get_dataset_version",
  createExperimentDbEntry: "create_experiment_db_entry",
  deleteExperiment: "delete_experiment",
} as const;
