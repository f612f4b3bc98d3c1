import { getRequestListener } from "@hono/node-server";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** What hands a request of a port to the HTTP application; `env` reaches its surfaces as `context.env`. */
export type HttpHandler = (
  request: Request,
  env: { incoming: IncomingMessage; outgoing: ServerResponse },
) => Response | Promise<Response>;

/** A client that stops sending a body nobody reads any more is let go after this. */
const DISCARD_SILENCE_MS = 30_000;

/** The HTTP/1.1 half of the port. It never listens itself: connections are given to it. */
export function http1Server(handler: HttpHandler): Server {
  const answer = getRequestListener(
    (request, env) => handler(request, { incoming: asHttp1(env.incoming), outgoing: asHttp1(env.outgoing) }),
    {
      overrideGlobalObjects: false,
      autoCleanupIncoming: false,
    },
  );
  const server = createServer({ keepAliveTimeout: 65_000, highWaterMark: 1024 * 1024 }, (incoming, outgoing) => {
    outgoing.once("finish", () => discardRest(incoming));
    void answer(incoming, outgoing);
  });
  // An upload may take as long as its network does; nothing here ends a request for being slow.
  server.requestTimeout = 0;
  server.timeout = 0;
  return server;
}

/**
 * Reads and drops what is left of a body that was answered early. Closing instead would reset the connection, and a client that is
 * still sending would then see the reset and never the answer.
 */
function discardRest(incoming: IncomingMessage): void {
  incoming.resume();
  if (incoming.complete || incoming.destroyed) return;
  const { socket } = incoming;
  const letGo = (): void => {
    socket.destroy();
  };
  socket.setTimeout(DISCARD_SILENCE_MS, letGo);
  // The connection lives on for further requests, each of which may come by here.
  incoming.once("end", () => socket.off("timeout", letGo).setTimeout(0));
}

// boundary: the listener's types allow for HTTP/2, and this server is only ever given HTTP/1.1 connections
const asHttp1 = <T>(message: unknown): T => message as T;
