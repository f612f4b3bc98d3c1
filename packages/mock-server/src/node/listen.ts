import { ServerCredentials, type Server as GrpcServer } from "@grpc/grpc-js";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { ConfigurationError } from "../errors.js";
import { http1Server, type HttpHandler } from "./http-server.js";
import { sniff } from "./sniff.js";
import { tlsServer, type TlsOptions } from "./tls.js";

export interface ListenOptions {
  /** default `127.0.0.1` */
  host?: string;
  /** default 4545; 0 picks a free one */
  port?: number;
  /** with it, the port speaks TLS only: HTTP/1.1 and gRPC are told apart by ALPN, or by the first bytes where there was none */
  tls?: TlsOptions;
}

export interface Listening {
  /** `http://host:port`, with TLS `https://…`, for REST, ingest, GraphQL and the console; gRPC clients take host and port */
  url: string;
  host: string;
  port: number;
  /** Stops taking connections and ends those that are open. */
  close(): Promise<void>;
}

const SILENCE_MS = 60_000;

/**
 * One TCP port for HTTP/1.1 (REST, ingest, GraphQL, console) and gRPC (Flight, OTLP), as the official client's single-port mode needs.
 * @throws ConfigurationError when the address cannot be used
 */
export async function listenOn(
  { host = "127.0.0.1", port = 4545, tls }: ListenOptions,
  http: HttpHandler,
  grpc: GrpcServer,
): Promise<Listening> {
  const http1 = http1Server(http);
  const http2 = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    // Each half has its own handling of errors; this one keeps a reset in between from ending the process.
    socket.on("error", () => socket.destroy());
    sniff(socket, SILENCE_MS, (protocol) => {
      // An HTTP/1.1 client may close its half and wait for the answer; with HTTP/2 it has gone.
      if (protocol === "http1") http1.emit("connection", socket);
      else {
        socket.allowHalfOpen = false;
        http2.injectConnection(socket);
      }
    });
  };
  const server: Server =
    tls === undefined
      ? createServer({ noDelay: true, allowHalfOpen: true }, serve)
      : tlsServer(tls, SILENCE_MS).on("secureConnection", serve);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(host, port, error)));
    server.listen({ host, port }, resolve);
  });
  const taken = portOf(server.address());
  return {
    url: `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    host,
    port: taken,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      http2.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string")
    throw new ConfigurationError("The platform listens on TCP, and the system gave it no port.");
  return address.port;
}

function cannotListen(host: string, port: number, error: Error): ConfigurationError {
  const taken = "code" in error && error.code === "EADDRINUSE";
  const remedy = taken ? "something else listens there; choose another --port, or 0 for a free one" : error.message;
  return new ConfigurationError(`Cannot listen on ${host}:${port}: ${remedy}.`, { cause: error });
}
