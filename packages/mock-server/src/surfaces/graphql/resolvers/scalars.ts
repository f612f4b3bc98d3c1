import { formatTimestamp, isJsonValue, parseTimestamp } from "@axlab/wire";
import { GraphQLScalarType, Kind, valueFromASTUntyped, type GraphQLError } from "graphql";
import { createGraphQLError } from "graphql-yoga";

/** Inside the platform an instant is milliseconds; on the wire RFC 3339. */
const DateTime = new GraphQLScalarType<number, string>({
  name: "DateTime",
  description: "RFC 3339, for example 2026-05-18T12:00:00Z; up to nine decimals are read, an offset is optional",
  serialize: (value) => (typeof value === "number" ? formatTimestamp(value) : String(value)),
  parseValue: readInstant,
  parseLiteral(node) {
    if (node.kind !== Kind.STRING) throw badInstant(node.kind);
    return readInstant(node.value);
  },
});

function readInstant(value: unknown): number {
  const instant = typeof value === "string" ? parseTimestamp(value) : null;
  if (instant === null) throw badInstant(value);
  return instant;
}

const badInstant = (value: unknown): GraphQLError =>
  createGraphQLError(
    `${JSON.stringify(value)?.slice(0, 60)} is no date and time; send RFC 3339 such as "2026-05-18T12:00:00Z".`,
    { extensions: { code: "BAD_USER_INPUT" } },
  );

const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value; it is selected without sub-fields",
  serialize: (value) => value,
  parseValue: requireJson,
  parseLiteral: (node, variables) => requireJson(valueFromASTUntyped(node, variables)),
});

function requireJson(value: unknown): unknown {
  const plain: unknown = value === undefined ? null : JSON.parse(JSON.stringify(value));
  if (isJsonValue(plain)) return plain;
  throw createGraphQLError("The value is nested too deep for JSON here.", { extensions: { code: "BAD_USER_INPUT" } });
}

export const scalars = { DateTime, JSON: Json };
