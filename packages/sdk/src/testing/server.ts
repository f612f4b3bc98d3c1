import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Answers a request, or takes the response over and returns nothing. */
export type Handler = (
  seen: Seen,
  response: ServerResponse,
  request: IncomingMessage,
) => Answer | undefined | Promise<Answer | undefined>;

export interface TestServer {
  readonly url: string;
  readonly seen: Seen[];
  handle: Handler;
  close(): Promise<void>;
}

/** A real HTTP server on a free port for tests. Not part of the package. */
export async function startServer(
  handle: Handler = () => ({ status: 404, body: { title: "none", status: 404 } }),
): Promise<TestServer> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => undefined);
    request.on("end", () => {
      const { method = "", url = "", headers, rawHeaders } = request;
      const entry = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString("utf8") };
      seen.push(entry);
      void Promise.resolve(started.handle(entry, response, request)).then((answer) => {
        if (answer) send(response, answer);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const started: TestServer = {
    url: `http://127.0.0.1:${port}`,
    seen,
    handle,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return started;
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" || body === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, "content-length": String(Buffer.byteLength(text)), ...headers });
  response.end(text);
}
