import { ArizeError } from "../errors/base.js";
import type { Transport } from "../transport/transport.js";
import { path as pathTag } from "../transport/path.js";
import type { Query } from "../transport/query.js";
import type { CallOptions, Method, TransportRequest, TransportResponse } from "../transport/types.js";
import { decode } from "./decode.js";
import type { Operation } from "./operations.js";
import type { ArgumentsOf, PathOf, ResultOf } from "./types.js";
import { validate } from "./validate.js";

interface LooseInput extends CallOptions {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query | undefined;
  readonly body?: unknown;
}

/**
 * The REST API as it is: paths as the API document writes them, inputs and answers typed and checked.
 *
 * ```ts
 * const space = await client.rest.get("/v2/spaces/{space_id}", { path: { space_id } });
 * const page = await client.rest.get("/v2/datasets", { query: { space_id, limit: 10 } });
 * ```
 * For an operation without types here, `request` sends anything and answers the raw response.
 */
export class RestClient {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get<Path extends PathOf<"get">>(path: Path, ...[input]: ArgumentsOf<"get", Path>): Promise<ResultOf<"get", Path>> {
    return this.#call("GET", path, input);
  }

  post<Path extends PathOf<"post">>(
    path: Path,
    ...[input]: ArgumentsOf<"post", Path>
  ): Promise<ResultOf<"post", Path>> {
    return this.#call("POST", path, input);
  }

  put<Path extends PathOf<"put">>(path: Path, ...[input]: ArgumentsOf<"put", Path>): Promise<ResultOf<"put", Path>> {
    return this.#call("PUT", path, input);
  }

  patch<Path extends PathOf<"patch">>(
    path: Path,
    ...[input]: ArgumentsOf<"patch", Path>
  ): Promise<ResultOf<"patch", Path>> {
    return this.#call("PATCH", path, input);
  }

  delete<Path extends PathOf<"delete">>(
    path: Path,
    ...[input]: ArgumentsOf<"delete", Path>
  ): Promise<ResultOf<"delete", Path>> {
    return this.#call("DELETE", path, input);
  }

  /** The escape hatch: any method and path of the API host, with the client's key, retries and errors. Nothing is checked. */
  request(request: TransportRequest): Promise<TransportResponse> {
    return this.#transport.request(request);
  }

  async #call<Result>(method: Method, path: string, input: LooseInput = {}): Promise<Result> {
    const operation = await operationFor(method, path);
    if (operation.body && !(operation.bodyOptional && input.body === undefined))
      validate(operation.body, input.body, `${method} ${path}`);
    if (operation.query) validate(operation.query, definedOnly(input.query), `Query of ${method} ${path}`);
    const { query, body, signal, timeout } = input;
    const idempotent = operation.reads ? { idempotent: true } : {};
    const response = await this.#transport.request({
      method,
      path: fill(path, input.path),
      query,
      body,
      signal,
      timeout,
      ...idempotent,
    });
    // boundary: `Result` is the declared schema's output, which `decode` has checked.
    return (operation.response ? decode(operation.response, response) : undefined) as Result;
  }
}

/** The API document is loaded by the first call: making its types takes a third of what importing the SDK does. */
async function operationFor(method: Method, path: string): Promise<Operation> {
  const { OPERATIONS } = await import("./operations.js");
  const operations: Readonly<Record<string, Operation>> = OPERATIONS;
  const name = `${method} ${path}`;
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!found) throw new ArizeError(`${name} is not a typed operation: use rest.request`);
  return found;
}

function fill(template: string, parameters: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => pathTag`${parameters[name] ?? ""}`);
}

function definedOnly(query: Query | undefined): Query {
  return Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null));
}
