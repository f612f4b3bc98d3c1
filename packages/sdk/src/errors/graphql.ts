import { ArizeError } from "./base.js";

/** One entry of a GraphQL `errors` list. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: { readonly code?: string | undefined; readonly [key: string]: unknown } | undefined;
}

/** The server ran the document and reported errors. Fields that did succeed are in `data` (`spec/graphql.md` §5). */
export class GraphQLRequestError extends ArizeError {
  override readonly name: string = "GraphQLRequestError";
  readonly errors: readonly GraphQLErrorEntry[];
  /** Partial data, `null` or `undefined` when nothing was resolved. */
  readonly data: unknown;
  readonly requestId: string | undefined;

  constructor(errors: readonly GraphQLErrorEntry[], data: unknown, requestId: string | undefined) {
    super(`${errors.map(describeEntry).join("; ")}${requestId ? ` (request ${requestId})` : ""}`);
    this.errors = errors;
    this.data = data;
    this.requestId = requestId;
  }

  /** `extensions.code` of every entry that has one, such as `FORBIDDEN`. */
  get codes(): readonly string[] {
    return this.errors.flatMap(({ extensions }) => (extensions?.code === undefined ? [] : [extensions.code]));
  }
}

/** The schema could not be read from the server. The one that this package was built with is in `@axlab/sdk/schema.graphql`. */
export class GraphQLSchemaError extends ArizeError {
  override readonly name: string = "GraphQLSchemaError";
  readonly requestId: string | undefined;

  constructor(reason: string, requestId: string | undefined) {
    super(
      `The GraphQL schema cannot be read; ${reason}. @axlab/sdk/schema.graphql holds the one this SDK was built with${requestId ? ` (request ${requestId})` : ""}`,
    );
    this.requestId = requestId;
  }
}

function describeEntry({ message, path, extensions }: GraphQLErrorEntry): string {
  const notes = [path?.join("."), extensions?.code].filter((note) => note !== undefined && note !== "");
  return notes.length > 0 ? `${message} [${notes.join(" ")}]` : message;
}
