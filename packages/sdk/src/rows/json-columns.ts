const JSON_COLUMNS = new Set([
  "document.metadata",
  "llm.function_call",
  "llm.invocation_parameters",
  "llm.prompt_template.variables",
  "message.function_call_arguments_json",
  "metadata",
  "tool.parameters",
  "tool_call.function.arguments",
  "result",
  "output",
]);

/** Columns whose objects travel as JSON text over Flight (`spec/flight.md §5.2`); readers turn them back. */
export const isJsonColumn = (name: string): boolean =>
  JSON_COLUMNS.has(name) || (name.startsWith("eval.") && name.endsWith(".metadata"));

/** Makes texts of the objects of such a column; undefined for the others. */
export const jsonTexts = (name: string): ((value: unknown) => unknown) | undefined =>
  isJsonColumn(name)
    ? (value) => (typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value)
    : undefined;
