import { createServer } from "node:http";
import type { IncomingHttpHeaders, Server, ServerResponse } from "node:http";

import { BatchDecoder, readIpcMessages } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, decodeArizeSchema } from "@axlab/wire/ingest";
import type { ArizeSchema } from "@axlab/wire/ingest";
import { Table } from "apache-arrow";
import type { RecordBatch } from "apache-arrow";

/** One upload as the server received it, decoded. */
export interface Upload {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly schema: ArizeSchema;
  readonly table: Table;
  readonly bytes: number;
}

export interface IngestServer {
  readonly url: string;
  readonly uploads: Upload[];
  /** Bodies of requests that are not Arrow, as text. */
  readonly texts: string[];
  readonly headers: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Answers a request whose number (from 0) is given; `false` lets the server answer 200 itself. */
export type Answer = (response: ServerResponse, request: number) => void | false | Promise<void | false>;

/** A real ingest endpoint on a free port for tests. Not part of the package. */
export async function startIngestServer(answer: Answer = () => false): Promise<IngestServer> {
  const uploads: Upload[] = [];
  const texts: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let requests = 0;
  const server: Server = createServer((request, response) => {
    void (async () => {
      const number = requests++;
      headers.push(request.headers);
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      if (request.url?.endsWith("/pandas_arrow")) {
        const table = await readTable(body);
        const schema = decodeArizeSchema(table.schema.metadata.get(ARIZE_SCHEMA_KEY) ?? "");
        uploads.push({ path: request.url, headers: request.headers, schema, table, bytes: body.byteLength });
      } else texts.push(body.toString("utf8"));
      if ((await answer(response, number)) !== false) return;
      response.setHeader("content-type", "application/json");
      response.end('{"realTimeIngestionUri":"https://app.example/model"}');
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, uploads, texts, headers, close };
}

async function readTable(body: Uint8Array): Promise<Table> {
  let decoder: BatchDecoder | undefined;
  const batches: RecordBatch[] = [];
  for await (const message of readIpcMessages([body])) {
    if (decoder === undefined) decoder = new BatchDecoder(message);
    else batches.push(...[decoder.decode(message)].filter((batch) => batch !== null));
  }
  return decoder === undefined ? new Table() : new Table(decoder.schema, batches);
}

/** All values of a table by column, as plain JavaScript. */
export function valuesOf(table: Table): Record<string, unknown[]> {
  return Object.fromEntries(
    table.schema.fields.map((field, index) => [
      field.name,
      Array.from(table.getChildAt(index) ?? [], (value: unknown) =>
        typeof value === "object" && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value,
      ),
    ]),
  );
}
