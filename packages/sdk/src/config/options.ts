/**
 * Everything that can be configured. Each value is taken from the argument, else from the environment variable of the
 * same name in upper snake case with `ARIZE_` before it (`apiHost` → `ARIZE_API_HOST`), else from its default.
 * Names and defaults are those of the official Python client (`spec/ingest.md` §2.2); `baseUrl` and `appUrl` are added.
 */
export interface ConfigOptions {
  /** The key; required. Surrounding white space is ignored. */
  apiKey?: string | undefined;
  /** Space for calls that name none: id or, where the API takes names, name. */
  spaceId?: string | undefined;

  /** Whole URL of the API, path prefix included. Given alone it also moves Flight, OTLP and GraphQL to its host. */
  baseUrl?: string | undefined;
  /** URL of the web application; GraphQL is at `<appUrl>/graphql`. Default `https://app.arize.com`. */
  appUrl?: string | undefined;
  /** `api.arize.com`, without a scheme; may carry a port. */
  apiHost?: string | undefined;
  apiScheme?: "http" | "https" | undefined;
  /** 0 leaves the port out. */
  apiPort?: number | undefined;
  otlpHost?: string | undefined;
  otlpScheme?: "http" | "https" | undefined;
  otlpPort?: number | undefined;
  flightHost?: string | undefined;
  /** `grpc+tcp` is plain text. Default `grpc+tls`. */
  flightScheme?: "grpc+tls" | "grpc+tcp" | undefined;
  /** Default 443. */
  flightPort?: number | undefined;
  /** One host for everything; schemes stay as they are. */
  singleHost?: string | undefined;
  singlePort?: number | undefined;
  /** `api.<d>`, `otlp.<d>`, `flight.<d>`, `app.<d>`. */
  baseDomain?: string | undefined;
  region?: "ca-central-1a" | "eu-west-1a" | "us-central-1a" | "us-east-1b" | undefined;

  /** Check the server's certificate. Default true. */
  requestVerify?: boolean | undefined;
  /** Path of a PEM file with the authority to trust (Node only). Also read from `REQUESTS_CA_BUNDLE` and `SSL_CERT_FILE`. */
  sslCaCert?: string | undefined;
  proxyUrl?: string | undefined;

  /** Dataset and experiment uploads above this size go by Flight. In megabytes; default 8. */
  maxHttpPayloadSizeMb?: number | undefined;
  /** Rows of a record batch, 1–100 000. Default 10 000. */
  maxChunksize?: number | undefined;
  /** Requests in flight at once when single records are logged, 1–32. Default 8. */
  streamMaxWorkers?: number | undefined;
  /** Records that may wait before `log` holds its caller back. Default 5000. */
  streamMaxQueueBound?: number | undefined;
  /** Whether SIGINT, SIGTERM and the end of the process wait for records of `logger.stream` (Node only). Default true. */
  flushOnExit?: boolean | undefined;
  /** Oldest prediction timestamp accepted, in years. Default 5. */
  maxPastYears?: number | undefined;

  /** Per attempt, in milliseconds. Default 60 000; 0 waits for ever. */
  timeout?: number | undefined;
  /** Tries after the first. Default 3; 0 turns retries off. */
  maxRetries?: number | undefined;
  /** Sent with every request. Names the SDK sets itself are refused. */
  defaultHeaders?: Readonly<Record<string, string>> | undefined;
}

export const REGIONS = ["ca-central-1a", "eu-west-1a", "us-central-1a", "us-east-1b"] as const;
