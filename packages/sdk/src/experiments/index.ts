export { createContext, type ClientContext, type ContextOptions } from "../context.js";
export { ExperimentNotStoredError } from "../errors/experiments.js";
export type { ExampleComparison, ExperimentComparison, PairedSummary } from "./compare.js";
export { contains, exactMatch, jsonValid, levenshtein, regex, type TextOptions } from "./evaluators/built-in.js";
export type { Expected } from "./evaluators/example-fields.js";
export { llmJudge, type JudgeOptions } from "./evaluators/judge.js";
export {
  Experiments,
  type CreateExperiment,
  type InPlace,
  type ListExperiments,
  type RunInput,
} from "./experiments.js";
export { ExperimentResult } from "./results/result.js";
export type { Distribution, EvaluatorSummary, ExperimentSummary } from "./results/summary.js";
export type { TextLimits } from "./results/text.js";
export type { RetryLimits } from "./run/rate-limits.js";
export type { ResumeExperiment, RunExperiment, RunSettings } from "./settings.js";
export type { TracesReport } from "./traces/sender.js";
export type * from "./types.js";
