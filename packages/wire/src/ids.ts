import { base64ToText, textToBase64 } from "./base64.js";
import { InvalidWireValueError } from "./errors.js";

/** The type prefixes of global ids (spec/rest.md §1.8). A project's prefix is `Model`. */
export const GLOBAL_ID_TYPES = [
  "Account",
  "User",
  "Organization",
  "AccountOrganization",
  "AccountOrganizationMember",
  "Space",
  "SpaceMember",
  "Model",
  "Dataset",
  "DatasetVersion",
  "Experiment",
  "Role",
  "RoleBinding",
  "ApiKey",
  "AuditLog",
  "AnnotationConfig",
  "AnnotationQueue",
  "AnnotationQueueRecord",
  "Prompt",
  "PromptVersion",
  "Evaluator",
  "EvaluatorVersion",
  "OnlineTask",
  "TaskRun",
  "LlmIntegration",
  "RemoteEndpointIntegration",
  "Monitor",
  "CustomMetric",
  "IntegrationKey",
  "Dashboard",
  "StatisticWidget",
  "LineChartWidget",
  "BarChartWidget",
  "TextWidget",
  "ExperimentChartWidget",
  "FileImportJob",
  "TableImportJob",
  "Webhook",
  "Tag",
] as const;
export type GlobalIdType = (typeof GLOBAL_ID_TYPES)[number];

/** What a global id says. `suffix` is missing from the two-part form that some documents show. */
export interface ParsedGlobalId {
  type: string;
  number: number;
  suffix?: string;
}

const SUFFIX = /^[A-Za-z0-9+/_-]+$/;
const DECODED = /^([A-Z][A-Za-z]*):(0|[1-9]\d{0,15})(?::([A-Za-z0-9+/_-]+))?$/;

/**
 * Writes the id of a resource: base64 of `Type:number:suffix`, e.g. `U3BhY2U6MTphQmNE` for `Space:1:aBcD` (spec/rest.md §1.8).
 * Throws `InvalidWireValueError` for a number that is not a safe integer ≥ 0, or a suffix that is empty or has other characters than base64's.
 */
export function globalId(type: GlobalIdType, number: number, suffix: string): string {
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidWireValueError(`The number of a ${type} id must be an integer from 0 to 2^53-1`);
  if (!SUFFIX.test(suffix))
    throw new InvalidWireValueError(`The suffix of a ${type} id must be one or more of A-Z a-z 0-9 + / - _`);
  return textToBase64(`${type}:${number}:${suffix}`);
}

/** Reads a global id, with or without its suffix; null for anything else, unpadded base64 included. */
export function parseGlobalId(text: string): ParsedGlobalId | null {
  const match = DECODED.exec(base64ToText(text) ?? "");
  const [, type, digits, suffix] = match ?? [];
  if (type === undefined || digits === undefined) return null;
  const number = Number(digits);
  if (!Number.isSafeInteger(number)) return null;
  return suffix === undefined ? { type, number } : { type, number, suffix };
}

/** The strict "id or name?" test: base64 of `Type:number:suffix`. The official clients ask only for base64 holding a colon. */
export function looksLikeGlobalId(text: string): boolean {
  return parseGlobalId(text)?.suffix !== undefined;
}
