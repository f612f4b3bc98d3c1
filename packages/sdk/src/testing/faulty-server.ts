import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { BatchDecoder, readIpcMessages } from "@axlab/wire/arrow";

/** What the server does with one request. */
export type Fault =
  | "take"
  /** Reads some of the body and resets the connection. */
  | "reset in mid-upload"
  /** Takes the rows and resets the connection instead of answering. */
  | "take and reset"
  /** Takes the rows and never answers. */
  | "take and hang"
  /** Neither reads nor answers. */
  | "hang"
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

export interface FaultyServer {
  readonly url: string;
  /** How many requests came, repeats included. */
  readonly requests: () => number;
  /** Ids in the column `id` of all rows that were taken, each as often as it came. */
  readonly taken: readonly string[];
  close(): Promise<void>;
}

/** A real ingest endpoint that does what `faultOf` says to each request, by its number from 0. Not part of the package. */
export async function startFaultyServer(faultOf: (request: number) => Fault | Promise<Fault>): Promise<FaultyServer> {
  let requests = 0;
  const taken: string[] = [];
  const server = createServer((request, response) => {
    request.on("error", () => undefined);
    void (async () => answer(await faultOf(requests++), request, response, taken))().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // boundary: a TCP server has this address
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, requests: () => requests, taken, close };
}

async function answer(fault: Fault, request: IncomingMessage, response: ServerResponse, taken: string[]): Promise<void> {
  if (fault === "hang") return;
  if (fault === "reset in mid-upload") {
    request.once("data", () => request.socket.resetAndDestroy());
    return;
  }
  const ids = await idsIn(request);
  if (typeof fault === "object") {
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  taken.push(...ids);
  if (fault === "take and reset") request.socket.resetAndDestroy();
  if (fault === "take") response.end("{}");
} // prettier-ignore

async function idsIn(request: AsyncIterable<Buffer>): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const ids: string[] = [];
  let decoder: BatchDecoder | undefined;
  for await (const message of readIpcMessages([Buffer.concat(chunks)])) {
    const batch = decoder?.decode(message);
    decoder ??= new BatchDecoder(message);
    for (const id of batch?.getChild("id") ?? []) ids.push(String(id));
  }
  return ids;
}
