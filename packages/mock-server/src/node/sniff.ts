import type { Socket } from "node:net";

/** What a connection speaks, told by its first three bytes: no HTTP/1.1 method begins with `PRI`. */
export type Protocol = "http1" | "http2";

const HTTP2_PREFACE = Buffer.from("PRI");

/**
 * Calls `then` once the connection has said what it speaks, with everything it sent put back unread. A connection that ends, fails
 * or stays silent for `silenceMs` before is closed.
 */
export function sniff(socket: Socket, silenceMs: number, then: (protocol: Protocol) => void): void {
  let seen = Buffer.alloc(0);
  const silence = setTimeout(() => socket.destroy(), silenceMs);
  const stop = (): void => {
    clearTimeout(silence);
    socket.off("readable", onReadable);
    socket.off("end", onEnd);
    socket.off("close", stop);
  };
  const decide = (protocol: Protocol): void => {
    stop();
    socket.unshift(seen);
    then(protocol);
  };
  const onReadable = (): void => {
    for (let chunk = readChunk(socket); chunk !== null; chunk = readChunk(socket)) seen = Buffer.concat([seen, chunk]);
    const known = Math.min(seen.length, HTTP2_PREFACE.length);
    if (!seen.subarray(0, known).equals(HTTP2_PREFACE.subarray(0, known))) decide("http1");
    else if (known === HTTP2_PREFACE.length) decide("http2");
  };
  const onEnd = (): void => {
    stop();
    socket.end();
  };
  socket.on("readable", onReadable);
  socket.on("end", onEnd);
  socket.on("close", stop);
}

function readChunk(socket: Socket): Buffer | null {
  const chunk: unknown = socket.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}
