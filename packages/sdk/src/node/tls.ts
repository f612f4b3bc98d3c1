import type { ArizeConfig } from "../config/config.js";
import { ConfigurationError } from "../errors/client.js";
import { nodeBuiltin } from "./builtin.js";

/** An agent for own TLS settings; `undefined` (Node's own keep-alive agent) when there are none. */
export function tlsAgent({ requestVerify, sslCaCert }: Pick<ArizeConfig, "requestVerify" | "sslCaCert">): unknown {
  if (requestVerify && sslCaCert === undefined) return undefined;
  const https = nodeBuiltin("node:https");
  if (!https)
    throw new ConfigurationError("requestVerify and sslCaCert need Node: a browser keeps its own certificates");
  const ca = sslCaCert === undefined ? {} : { ca: readAuthority(sslCaCert) };
  return new https.Agent({ keepAlive: true, rejectUnauthorized: requestVerify, ...ca });
}

function readAuthority(file: string): string {
  try {
    return nodeBuiltin("node:fs")?.readFileSync(file, "utf8") ?? "";
  } catch (error) {
    const said = error instanceof Error ? error.message : "unreadable";
    throw new ConfigurationError(`sslCaCert: cannot read ${file}: ${said}`);
  }
}
