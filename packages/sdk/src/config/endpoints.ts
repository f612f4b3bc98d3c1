import { refuseTwoOverrides, routeOf } from "./route.js";
import type { Settings } from "./sources.js";

/** Where one transport goes. `port` 0 means the scheme's own; `path` is a prefix without a trailing slash. */
export interface Endpoint {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

export interface Endpoints {
  readonly api: Endpoint;
  readonly app: string;
  readonly flight: Endpoint;
  readonly otlp: Endpoint;
}

type Service = "api" | "otlp" | "flight";

const DEFAULTS: Readonly<Record<Service, Endpoint>> = {
  api: { scheme: "https", host: "api.arize.com", port: 0, path: "" },
  otlp: { scheme: "https", host: "otlp.arize.com", port: 0, path: "" },
  flight: { scheme: "grpc+tls", host: "flight.arize.com", port: 443, path: "" },
};
const DEFAULT_APP = "https://app.arize.com";

/**
 * Puts the endpoints together, first found wins: arguments before environment, and within one source
 * region / single host / base domain, then the service's own settings, then the base URL.
 * @throws ConfigurationError when one source names two of region, single host, base domain and base URL.
 */
export function resolveEndpoints(argument: Settings, environment: Settings): Endpoints {
  refuseTwoOverrides(argument, "options");
  const visible = hideOverridden(argument, environment);
  refuseTwoOverrides(visible, "environment variables");
  const api = endpoint("api", argument, visible);
  return {
    api,
    app: (argument.appUrl ?? visible.appUrl ?? appBeside(api)).replace(/\/+$/, ""),
    flight: endpoint("flight", argument, visible),
    otlp: endpoint("otlp", argument, visible),
  };
}

/** `scheme://host[:port][/prefix]`. */
export function urlOf({ scheme, host, port, path }: Endpoint): string {
  return `${scheme}://${host}${port === 0 ? "" : `:${port}`}${path}`;
}

function endpoint(service: Service, argument: Settings, environment: Settings): Endpoint {
  const layers: Partial<Endpoint>[] = [];
  for (const source of [argument, environment]) {
    layers.push(overrideLayer(service, source), ownLayer(service, source));
    // A base URL names a whole place: it is not mixed with a host found before it.
    if (source.baseUrl && !layers.some(({ host }) => host)) layers.push(baseUrlLayer(service, source.baseUrl));
  }
  const singlePort = argument.singlePort ?? environment.singlePort;
  if (singlePort) layers.push({ port: singlePort });
  return splitPort(layers.reduceRight<Endpoint>((found, layer) => ({ ...found, ...layer }), DEFAULTS[service]));
}

function overrideLayer(service: Service, source: Settings): Partial<Endpoint> {
  const atFlightPort = service === "flight" ? { port: DEFAULTS.flight.port } : {};
  if (source.region) return { host: `${service}.${source.region}.arize.com`, path: "", ...atFlightPort };
  if (source.baseDomain) return { host: `${service}.${source.baseDomain}`, path: "" };
  return {
    ...(source.singleHost ? { host: source.singleHost, path: "" } : {}),
    ...(source.singlePort && service === "flight" ? { port: source.singlePort } : {}),
  };
}

function ownLayer(service: Service, source: Settings): Partial<Endpoint> {
  const host = source[`${service}Host`];
  const port = source[`${service}Port`];
  const scheme = source[`${service}Scheme`];
  return { ...(host ? { host, path: "" } : {}), ...(port ? { port } : {}), ...(scheme ? { scheme } : {}) };
}

/** `https://api.example.com` has siblings `flight.` and `otlp.`; any other base URL carries everything itself. */
function baseUrlLayer(service: Service, baseUrl: string): Endpoint {
  const { protocol, hostname, port, pathname } = new URL(baseUrl);
  const plain = protocol === "http:";
  const sibling = hostname.startsWith("api.") && port === "";
  const host = sibling ? hostname.replace(/^api\./, `${service}.`) : hostname;
  const given = port === "" ? 0 : Number(port);
  if (service === "flight") {
    return { scheme: plain ? "grpc+tcp" : "grpc+tls", host, port: given || (plain ? 80 : 443), path: "" };
  }
  return { scheme: plain ? "http" : "https", host, port: given, path: sibling ? "" : pathname.replace(/\/+$/, "") };
}

/** GraphQL follows the API: a key for a local platform must not travel to production. */
function appBeside(api: Endpoint): string {
  if (api.host === DEFAULTS.api.host) return DEFAULT_APP;
  const sibling = api.host.startsWith("api.") && api.port === 0;
  return sibling ? urlOf({ ...api, host: api.host.replace(/^api\./, "app."), path: "" }) : urlOf(api);
}

/** A port may be written in the host; one given on its own wins. */
function splitPort(found: Endpoint): Endpoint {
  const [, host, port] = /^([^:]+):(\d{1,5})$/.exec(found.host) ?? [];
  if (host === undefined || port === undefined) return found;
  return { ...found, host, port: found.port === 0 ? Number(port) : found.port };
}

/** An override given as an argument hides those of the environment; a base URL hides every endpoint set there. */
function hideOverridden(argument: Settings, environment: Settings): Settings {
  const route = routeOf(argument);
  if (route.length === 0) return environment;
  const hidden = new Set(["region", "baseDomain", "baseUrl"]);
  if (!route.includes("singleHost/singlePort")) for (const name of ["singleHost", "singlePort"]) hidden.add(name);
  const everything = /^(app|api|otlp|flight)(Url|Host|Port|Scheme)$/;
  const hides = (name: string) => hidden.has(name) || (route.includes("baseUrl") && everything.test(name));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !hides(name)));
}
