export { createContext, type ClientContext, type ContextOptions } from "../context.js";
export { contains, exactMatch, jsonValid, levenshtein, regex, type Expected, type TextOptions } from "./evaluators.js";
export {
  Experiments,
  type CreateExperiment,
  type InPlace,
  type ListExperiments,
  type RunInput,
} from "./experiments.js";
export { ExperimentNotStoredError } from "./not-stored.js";
export type * from "./types.js";
