export { createContext, type ClientContext, type ContextOptions } from "../context.js";
export { Datasets, type CreateDataset, type ListDatasets } from "./datasets.js";
export { DatasetExamples, type InVersion } from "./examples.js";
export type { FlightDataset, FlightPort } from "./flight-port.js";
