export { createContext, type ClientContext, type ContextOptions } from "../context.js";
export { Datasets, type CreateDataset, type CreateProgress, type ListDatasets } from "./datasets.js";
export { DatasetExamples, type InVersion } from "./examples.js";
export type { FlightDataset, FlightPort, FlightReads } from "./flight-port.js";
export type { ExampleData } from "./source.js";
export type { ExampleRow, WholeVersion } from "./whole.js";
