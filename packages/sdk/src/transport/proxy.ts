import type { AxiosProxyConfig } from "axios";

import type { Secret } from "../secret.js";

/** `undefined` leaves axios to `HTTPS_PROXY` and `NO_PROXY`. */
export function proxyFor(proxyUrl: Secret | undefined): AxiosProxyConfig | undefined {
  if (proxyUrl === undefined) return undefined;
  const { protocol, hostname, port, username, password } = new URL(proxyUrl.reveal());
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return {
    protocol: protocol.replace(":", ""),
    host: hostname,
    port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    ...(username === "" ? {} : { auth }),
  };
}
