import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from "graphql";

import { GraphQLSchemaError } from "../errors/index.js";
import type { RawResult } from "./execute.js";

/** Asks the server for its schema, with descriptions. */
export async function fetchSchema(run: (document: string) => Promise<RawResult>): Promise<GraphQLSchema> {
  const { data, errors, requestId } = await run(getIntrospectionQuery());
  if (errors !== undefined)
    throw new GraphQLSchemaError(
      `the server refuses introspection: ${errors.map(({ message }) => message).join("; ")}`,
      requestId,
    );
  try {
    // boundary: graphql checks what it builds from, and throws for anything that is no introspection result
    return buildClientSchema(data as IntrospectionQuery);
  } catch (error) {
    throw new GraphQLSchemaError(
      `its answer is no introspection result: ${error instanceof Error ? error.message : String(error)}`,
      requestId,
    );
  }
}
