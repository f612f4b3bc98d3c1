import type { GraphQLSchema } from "graphql";

import type { ClientContext } from "../context.js";
import { ArizeError, GraphQLRequestError } from "../errors/index.js";
import { Paged } from "../pagination/index.js";
import type { CallOptions } from "../transport/types.js";
import { documentText, onlyReads, type AnyDocument, type GraphQLDocument } from "./document.js";
import { executeText, type RawResult } from "./execute.js";
import { patiently } from "./throttle.js";

/** A Relay connection (`spec/graphql.md` §3). */
export interface Connection<Node> {
  readonly edges: readonly ({ readonly node: Node } | null)[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

export interface ConnectionOptions<Data, Node> extends CallOptions {
  /** Picks the connection out of the data; nothing when a part of the way is null. */
  readonly at: (data: Data) => Connection<Node> | null | undefined;
  /** The variable that takes the cursor. Default `endCursor`; it is null for the first page. */
  readonly cursorVariable?: string | undefined;
}

export interface GraphQL {
  /**
   * Runs a document and answers its data.
   * @throws GraphQLRequestError when the server reports errors; fields that did succeed are in its `data`
   * @throws ApiError for an HTTP status of 400 and up, such as AuthenticationError
   */
  <Data = unknown, Variables extends object = Record<string, unknown>>(
    document: GraphQLDocument<Data, Variables>,
    variables?: Variables,
    options?: CallOptions,
  ): Promise<Data>;
  /** Runs a document and answers data and errors side by side, without throwing for the latter: what succeeded and what did not. */
  readonly execute: (document: AnyDocument, variables?: object, options?: CallOptions) => Promise<RawResult>;
  /**
   * Every node of a connection, page by page.
   * ```ts
   * for await (const space of client.graphql.connection(SPACES, {}, { at: (data) => data.account.spaces })) …
   * ```
   */
  readonly connection: <Data, Node, Variables extends object = Record<string, unknown>>(
    document: GraphQLDocument<Data, Variables>,
    variables: Omit<Variables, "endCursor">,
    options: ConnectionOptions<Data, Node>,
  ) => Paged<Node>;
  /**
   * The schema that the server serves now, by introspection; `printSchema` of graphql makes SDL of it. What this package was built with lies
   * in `@axlab/sdk/schema.graphql`, for code generators, and as a type in `@axlab/sdk/graphql/introspection`, for gql.tada.
   * @throws GraphQLSchemaError when the server does not show it
   */
  readonly schema: (options?: CallOptions) => Promise<GraphQLSchema>;
}

/** The GraphQL module: callable, with `execute` and `connection` beside it. */
export function createGraphQL(context: ClientContext): GraphQL {
  const execute = async (document: AnyDocument, variables: object = {}, options: CallOptions = {}) => {
    const text = await documentText(document);
    const once = () => executeText(context, text, variables, options);
    return onlyReads(text) ? patiently(context, options.signal, once) : once();
  };

  async function run<Data>(
    document: GraphQLDocument<Data, never>,
    variables?: object,
    options?: CallOptions,
  ): Promise<Data> {
    const { data, errors, requestId } = await execute(document, variables, options);
    if (errors) throw new GraphQLRequestError(errors, data, requestId);
    // boundary: the shape of the data follows from the caller's document; only the server's schema could check it.
    return data as Data;
  }

  function connection<Data, Node>(
    document: GraphQLDocument<Data, never>,
    variables: object,
    options: ConnectionOptions<Data, Node>,
  ): Paged<Node> {
    const { at, cursorVariable = "endCursor", ...call } = options;
    return new Paged<Node>(async (cursor) => {
      const found = at(await run(document, { ...variables, [cursorVariable]: cursor ?? null }, call));
      if (!found)
        throw new ArizeError("The connection is null: what it belongs to does not exist, or the key may not see it");
      const { hasNextPage, endCursor } = found.pageInfo;
      if (hasNextPage && (!endCursor || endCursor === cursor)) {
        throw new ArizeError(
          `The connection has a next page but no new cursor for it: does the document select endCursor and use $${cursorVariable}?`,
        );
      }
      const items = found.edges.flatMap((edge) => (edge === null ? [] : [edge.node]));
      return { items, pagination: { has_more: hasNextPage, next_cursor: endCursor ?? undefined } };
    });
  }

  const schema = async (options?: CallOptions): Promise<GraphQLSchema> => {
    const { fetchSchema } = await import("./schema.js");
    return fetchSchema((document) => execute(document, {}, options));
  };

  return Object.assign(run, { execute, connection, schema });
}
