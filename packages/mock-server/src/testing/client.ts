import type { z } from "zod";
import type { Platform } from "../platform.js";

/** An answer of the platform, as a test asks about it. */
export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
  ) {}

  /** The body, which must be exactly what the wire's schema says; a body that is not fails the test with its text. */
  read<S extends z.ZodType>(schema: S): z.output<S> {
    const parsed = schema.safeParse(this.text === "" ? undefined : JSON.parse(this.text));
    if (!parsed.success)
      throw new TypeError(`Answered ${this.status} ${this.text}, which does not fit: ${parsed.error.message}`);
    return parsed.data;
  }

  /** `detail` of a problem document, or the whole text */
  get detail(): string {
    const body: unknown = this.text === "" ? null : JSON.parse(this.text);
    return typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string"
      ? body.detail
      : this.text;
  }

  /** The problem without `instance`, which differs with the path: what absent and hidden resources must have in common. */
  get problem(): string {
    return JSON.stringify({ ...Object(JSON.parse(this.text)), instance: undefined });
  }
}

/** Calls REST, or GraphQL by its path, in-process with one key. */
export class Client {
  constructor(
    private readonly platform: Pick<Platform, "fetch">,
    private readonly key: string | undefined,
  ) {}

  get = (path: string): Promise<Reply> => this.call("GET", path);
  post = (path: string, body?: unknown): Promise<Reply> => this.call("POST", path, body);
  put = (path: string, body?: unknown): Promise<Reply> => this.call("PUT", path, body);
  patch = (path: string, body?: unknown): Promise<Reply> => this.call("PATCH", path, body);
  delete = (path: string, body?: unknown): Promise<Reply> => this.call("DELETE", path, body);

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await this.platform.fetch(
      new Request(`http://axlab${path}`, {
        method,
        headers: {
          ...(this.key !== undefined && { authorization: `Bearer ${this.key}`, "x-api-key": this.key }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
    return new Reply(response.status, response.headers, await response.text());
  }
}
