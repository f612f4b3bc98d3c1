import { inspect } from "node:util";

import { deterministicKey } from "@axlab/auth";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ConfigurationError } from "../errors/index.js";
import { resolveConfig, type ConfigOptions, type Environment } from "./index.js";

const KEY = deterministicKey("config test");

function endpoints(options: ConfigOptions, environment: Environment = {}) {
  const { apiUrl, graphqlUrl, flight, otlpUrl } = resolveConfig({ apiKey: KEY, ...options }, environment);
  return { apiUrl, graphqlUrl, flight: `${flight.scheme}://${flight.host}:${flight.port}`, otlpUrl };
}

const PRODUCTION = {
  apiUrl: "https://api.arize.com",
  graphqlUrl: "https://app.arize.com/graphql",
  flight: "grpc+tls://flight.arize.com:443",
  otlpUrl: "https://otlp.arize.com/v1",
};
const LOCAL = {
  apiUrl: "http://127.0.0.1:4545",
  graphqlUrl: "http://127.0.0.1:4545/graphql",
  flight: "grpc+tcp://127.0.0.1:4545",
  otlpUrl: "http://127.0.0.1:4545/v1",
};

describe("endpoints", () => {
  test.each<[string, ConfigOptions, Environment, object]>([
    ["production by default", {}, {}, PRODUCTION],
    ["a base URL alone moves everything", { baseUrl: "http://127.0.0.1:4545/" }, {}, LOCAL],
    ["the same from the environment", {}, { ARIZE_BASE_URL: "http://127.0.0.1:4545" }, LOCAL],
    [
      "a base URL given as argument hides every endpoint of the environment",
      { baseUrl: "http://127.0.0.1:4545" },
      {
        ARIZE_REGION: "eu-west-1a",
        ARIZE_FLIGHT_HOST: "flight.arize.com",
        ARIZE_API_SCHEME: "https",
        ARIZE_APP_URL: "https://app.arize.com",
      },
      LOCAL,
    ],
    [
      "a Flight host beside a base URL stays its own",
      {},
      { ARIZE_BASE_URL: "http://127.0.0.1:4545", ARIZE_FLIGHT_HOST: "10.0.0.1", ARIZE_FLIGHT_PORT: "99" },
      { ...LOCAL, flight: "grpc+tls://10.0.0.1:99" },
    ],
    ["the production API as base URL keeps its siblings", { baseUrl: "https://api.arize.com" }, {}, PRODUCTION],
    [
      "a path prefix belongs to the API",
      { baseUrl: "https://proxy.example/arize/" },
      {},
      {
        apiUrl: "https://proxy.example/arize",
        graphqlUrl: "https://proxy.example/arize/graphql",
        flight: "grpc+tls://proxy.example:443",
        otlpUrl: "https://proxy.example/arize/v1",
      },
    ],
    [
      "a region",
      { region: "eu-west-1a" },
      {},
      {
        apiUrl: "https://api.eu-west-1a.arize.com",
        graphqlUrl: "https://app.eu-west-1a.arize.com/graphql",
        flight: "grpc+tls://flight.eu-west-1a.arize.com:443",
        otlpUrl: "https://otlp.eu-west-1a.arize.com/v1",
      },
    ],
    [
      "a base domain",
      {},
      { ARIZE_BASE_DOMAIN: "ax.example" },
      {
        apiUrl: "https://api.ax.example",
        graphqlUrl: "https://app.ax.example/graphql",
        flight: "grpc+tls://flight.ax.example:443",
        otlpUrl: "https://otlp.ax.example/v1",
      },
    ],
    [
      "single host and port leave the schemes alone",
      {},
      {
        ARIZE_SINGLE_HOST: "127.0.0.1",
        ARIZE_SINGLE_PORT: "4545",
        ARIZE_API_SCHEME: "http",
        ARIZE_FLIGHT_SCHEME: "grpc+tcp",
      },
      { ...LOCAL, otlpUrl: "https://127.0.0.1:4545/v1" },
    ],
    [
      "an own API port stays when a single port is given, the Flight port does not",
      { singleHost: "h", singlePort: 1, apiPort: 2, flightPort: 3 },
      {},
      { apiUrl: "https://h:2", graphqlUrl: "https://h:2/graphql", flight: "grpc+tls://h:1", otlpUrl: "https://h:1/v1" },
    ],
    [
      "a port in the host; GraphQL follows the API",
      { apiHost: "localhost:8080", apiScheme: "http" },
      {},
      { ...PRODUCTION, apiUrl: "http://localhost:8080", graphqlUrl: "http://localhost:8080/graphql" },
    ],
    [
      "an argument before the environment",
      { apiHost: "a.example" },
      { ARIZE_API_HOST: "b.example" },
      { ...PRODUCTION, apiUrl: "https://a.example", graphqlUrl: "https://a.example/graphql" },
    ],
    [
      "an own app URL",
      { appUrl: "https://ui.example/" },
      {},
      { ...PRODUCTION, graphqlUrl: "https://ui.example/graphql" },
    ],
    ["empty variables count as unset", {}, { ARIZE_API_HOST: "", ARIZE_REGION: " " }, PRODUCTION],
  ])("%s", (_, options, environment, expected) => {
    expect(endpoints(options, environment)).toEqual(expected);
  });

  test.each<[ConfigOptions, Environment]>([
    [{ region: "eu-west-1a", baseDomain: "x" }, {}],
    [{ singleHost: "h", baseUrl: "http://h" }, {}],
    [{}, { ARIZE_REGION: "eu-west-1a", ARIZE_SINGLE_PORT: "1" }],
  ])("two overrides in one source are refused: %j %j", (options, environment) => {
    expect(() => endpoints(options, environment)).toThrow(/exclude one another/);
  });

  test("an override as argument wins over another one in the environment", () => {
    expect(endpoints({ region: "us-east-1b" }, { ARIZE_BASE_DOMAIN: "x" }).apiUrl).toBe(
      "https://api.us-east-1b.arize.com",
    );
  });
});

describe("values", () => {
  test.each<[ConfigOptions, Environment, RegExp]>([
    [{ apiHost: "https://api.arize.com" }, {}, /apiHost: must be a host name without scheme/],
    [{ baseUrl: "127.0.0.1:4545" }, {}, /baseUrl: must be a URL/],
    [{ baseUrl: "http://user:pw@host" }, {}, /without query or credentials/],
    [{}, { ARIZE_API_SCHEME: "ftp" }, /ARIZE_API_SCHEME/],
    [{}, { ARIZE_API_PORT: "80a" }, /ARIZE_API_PORT/],
    [{}, { ARIZE_API_PORT: "70000" }, /ARIZE_API_PORT/],
    [{}, { ARIZE_REQUEST_VERIFY: "maybe" }, /ARIZE_REQUEST_VERIFY/],
    [{ maxChunksize: 0 }, {}, /maxChunksize/],
    [{ defaultHeaders: { Authorization: "x" } }, {}, /the SDK sets Authorization itself/],
    [{ defaultHeaders: { "x-a": "b\r\nc: d" } }, {}, /line break/],
  ])("%j %j is refused", (options, environment, text) => {
    const call = () => resolveConfig({ apiKey: KEY, ...options }, environment);
    expect(call).toThrow(ConfigurationError);
    expect(call).toThrow(text);
  });

  test("an unknown option is refused and the known ones are named", () => {
    const options = { apiKey: KEY, api_host: "x" };
    expect(() => resolveConfig(options, {})).toThrow(/Unknown option api_host; known are .*apiHost/);
  });

  test("defaults are those of the official client", () => {
    expect(resolveConfig({ apiKey: KEY }, {})).toMatchObject({
      requestVerify: true, maxHttpPayloadSizeMb: 8, maxChunksize: 10_000, streamMaxWorkers: 8, streamMaxQueueBound: 5000,
      maxPastYears: 5, timeout: 60_000, maxRetries: 3, flushOnExit: true,
    }); // prettier-ignore
  });

  test("numbers and booleans are read from the environment", () => {
    const config = resolveConfig(
      {},
      {
        ARIZE_API_KEY: ` ${KEY}\n`,
        ARIZE_REQUEST_VERIFY: "off",
        ARIZE_FLUSH_ON_EXIT: "no",
        ARIZE_MAX_HTTP_PAYLOAD_SIZE_MB: "0.5",
        ARIZE_SPACE_ID: "s",
      },
    );
    expect(config).toMatchObject({ requestVerify: false, flushOnExit: false, maxHttpPayloadSizeMb: 0.5, spaceId: "s" });
    expect(config.apiKey.reveal()).toBe(KEY);
  });
});

describe("the key", () => {
  test("is required, and the text says how to give it", () => {
    expect(() => resolveConfig({}, {})).toThrow(/No API key: pass { apiKey } or set ARIZE_API_KEY/);
  });

  test("of our format with any character changed is refused before any request", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: KEY.length - 49, max: KEY.length - 1 }),
        fc.constantFrom("0", "9", "A", "z"),
        (at, character) => {
          fc.pre(KEY[at] !== character);
          const typo = KEY.slice(0, at) + character + KEY.slice(at + 1);
          expect(() => resolveConfig({ apiKey: typo }, {})).toThrow(/checksum/);
        },
      ),
    );
  });

  test("of another format passes: only the server can judge it", () => {
    expect(resolveConfig({ apiKey: "ak-1234-real" }, {}).apiKey.reveal()).toBe("ak-1234-real");
  });

  test("with a line break inside is refused without being shown", () => {
    expect(() => resolveConfig({ apiKey: "abc\r\nx: y-secret" }, {})).toThrow(/apiKey: must hold no white space/);
  });

  test("is not to be seen in any print of the configuration", () => {
    const config = resolveConfig({ apiKey: KEY, proxyUrl: "http://me:password@proxy:3128" }, {});
    const prints = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      config.apiKey.toString(),
      String(config.apiKey),
    ];
    for (const print of prints) {
      expect(print).not.toContain(KEY);
      expect(print).not.toContain("password");
    }
    expect(JSON.stringify(config)).toContain(config.apiKey.redacted);
  });
});
