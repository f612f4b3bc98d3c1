import { createServer, type Server } from "node:tls";
import { ConfigurationError } from "../errors.js";

/** A certificate and its private key, PEM. */
export interface TlsOptions {
  /** the certificate, followed by those that vouch for it, if any */
  cert: string | Buffer;
  key: string | Buffer;
}

/** What gRPC clients ask for, and what everybody else does. */
const PROTOCOLS = ["h2", "http/1.1"];

/**
 * A server that hands over connections once they are encrypted.
 * @throws ConfigurationError when the certificate and the key cannot be used together
 */
export function tlsServer({ cert, key }: TlsOptions, handshakeTimeout: number): Server {
  try {
    const server = createServer({
      cert,
      key,
      ALPNProtocols: PROTOCOLS,
      noDelay: true,
      allowHalfOpen: true,
      handshakeTimeout,
    });
    // A client that does not trust the certificate hangs up in the handshake; that ends its connection and nothing else.
    return server.on("tlsClientError", (_, socket) => void socket.destroy());
  } catch (error) {
    throw new ConfigurationError(
      `The TLS certificate and key cannot be used: ${error instanceof Error ? error.message : String(error)}. Both must be PEM, and the key must be the certificate's.`,
      { cause: error },
    );
  }
}
