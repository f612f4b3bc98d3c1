import type { GraphQLParams, Plugin } from "graphql-yoga";

/** Mutations that arize_toolkit declares with flat variables and sends with `{input: {…}}` (`spec/graphql.md §6.3`). */
const FLAT = /\bmutation\s+(?:Update|Delete)(?:File|Table)ImportJob\b/;

/** What flat variables are called in the input. */
const RENAMED: Readonly<Record<string, string>> = { schema: "modelSchema" };

/** Brings the variables of those four mutations to the form that their own document declares. */
export function flatVariables(params: GraphQLParams): GraphQLParams {
  const { query, variables } = params;
  if (query === undefined || !FLAT.test(query)) return params;
  if (variables === undefined || Object.keys(variables).join() !== "input") return params;
  const input: unknown = Reflect.get(variables, "input");
  if (typeof input !== "object" || input === null) return params;
  const members = Object.entries(input).map(([name, value]: [string, unknown]): [string, unknown] => [
    RENAMED[name] ?? name,
    value,
  ]);
  return { ...params, variables: Object.fromEntries<unknown>(members) };
}

export const tolerances: Plugin = {
  onParams({ params, setParams }) {
    setParams(flatVariables(params));
  },
};
