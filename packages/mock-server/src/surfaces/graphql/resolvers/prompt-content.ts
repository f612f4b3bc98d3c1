import { isJsonObject, type JsonObject } from "@axlab/wire";
import type { LlmMessage, LlmProvider } from "@axlab/wire/rest";
import type { PromptVersionContent } from "../../../domain/prompts/prompts.js";
import { readStored } from "../../../domain/rows.js";
import { InvalidRequestError } from "../../../errors.js";
import type { PromptVersionRow } from "../../../store/tables/index.js";
import { given } from "../input.js";

interface ToolInput {
  id?: string | null;
  function?: { name: string; arguments?: string | null; parameters?: unknown } | null;
}

interface MessageInput {
  role: "USER" | "ASSISTANT" | "SYSTEM" | "TOOL";
  content?: string | null;
  toolCalls?: ToolInput[] | null;
  toolCallId?: string | null;
}

export interface VersionInput {
  commitMessage: string;
  messages: MessageInput[];
  inputVariableFormat: PromptVersionRow["input_variable_format"];
  provider: LlmProvider;
  model?: string | null;
  invocationParams: object;
  providerParams: object;
}

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The members of an input under REST's names; of two spellings of one member the last that says something wins. */
const renamed = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given(value)).map(([name, part]: [string, unknown]) => [snake(name), part]));

/** A version as the domain keeps it, in REST's words. @throws InvalidRequestError for no messages, or a tool call without a function */
export function versionContent(input: VersionInput): PromptVersionContent {
  if (input.messages.length === 0) throw new InvalidRequestError("messages: a prompt has at least one message.");
  const { tool_config: tools, ...parameters } = renamed(input.invocationParams);
  const invocation_params = {
    ...parameters,
    ...(typeof tools === "object" && tools !== null && { tool_config: renamed(tools) }),
  };
  return {
    commit_message: input.commitMessage,
    messages: input.messages.map(message),
    input_variable_format: input.inputVariableFormat,
    provider: input.provider,
    ...(input.model != null && { model: input.model }),
    invocation_params,
    provider_params: renamed(input.providerParams),
  };
}

function message({ role, content, toolCalls, toolCallId }: MessageInput, index: number): LlmMessage {
  const calls = toolCalls?.map(({ id, function: called }, at) => {
    if (called == null)
      throw new InvalidRequestError(
        `messages[${index}].toolCalls[${at}].function: missing; a call names its function.`,
      );
    const { name, arguments: given } = called;
    return { ...(id != null && { id }), type: "FUNCTION" as const, function: { name, arguments: given ?? "{}" } };
  });
  return {
    role,
    ...(content != null && { content }),
    ...(toolCallId != null && { tool_call_id: toolCallId }),
    ...(calls !== undefined && { tool_calls: calls }),
  };
}

/** Messages as the providers' own clients take them: roles and types in small letters. */
export function messagesOf(row: PromptVersionRow): JsonObject[] {
  const messages: unknown = readStored(row.messages);
  return (Array.isArray(messages) ? messages : []).filter(isJsonObject).map((one) => ({
    ...one,
    role: (typeof one["role"] === "string" ? one["role"] : "").toLowerCase(),
    ...(Array.isArray(one["tool_calls"]) && {
      tool_calls: one["tool_calls"].filter(isJsonObject).map((call) => ({ ...call, type: "function" })),
    }),
  }));
}

function stored(json: string | null): JsonObject {
  const value: unknown = json === null ? {} : readStored(json);
  return isJsonObject(value) ? value : {};
}

function toolConfig(row: PromptVersionRow): JsonObject {
  const { tool_config: config } = stored(row.invocation_params);
  return isJsonObject(config) ? config : {};
}

export function toolsOf(row: PromptVersionRow): JsonObject[] | null {
  const { tools } = toolConfig(row);
  return Array.isArray(tools) ? tools.filter(isJsonObject) : null;
}

/** One of two shapes: a word such as auto, or one tool. */
export function toolChoiceOf(row: PromptVersionRow): { choice: string } | { tool: unknown } | null {
  const { tool_choice: chosen } = toolConfig(row);
  if (typeof chosen === "string") return { choice: chosen };
  if (!isJsonObject(chosen)) return null;
  if (typeof chosen["choice"] === "string") return { choice: chosen["choice"] };
  return { tool: chosen["tool"] ?? chosen };
}

/** Parameters of the call and of the provider, flat, without the tools, which stand by themselves. */
export function parametersOf(row: PromptVersionRow): JsonObject {
  const { tool_config: _, ...invocation } = stored(row.invocation_params);
  const all = { ...invocation, ...stored(row.provider_params) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [camel(name), value]));
}
