/**
 * The arrows of the house: `auth ← wire ← {sdk, mock-server} ← {apps, conformance, bench, examples}`, and inside
 * mock-server `surfaces → access → domain → store`. Each entry becomes one `no-restricted-imports` block, and since
 * ESLint keeps only the last block that matches a file, an entry for a deeper folder repeats what holds above it.
 */
const builtins = {
  regex:
    "^(node:|(assert|async_hooks|buffer|child_process|crypto|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$))",
  message:
    "This folder runs in browsers and workers too: no Node built-in. Node-only code lives in packages/sdk/src/flight, packages/sdk/src/node or packages/mock-server.",
};
const grpc = {
  regex: "^@grpc/",
  message: "gRPC needs Node: it lives in packages/sdk/src/flight.",
};
const heavy = {
  regex: "^(axios|graphql|@axlab/wire/rest)$",
  allowTypeImports: true,
  message: "Half of the time that importing the SDK took: load it with `await import()` where it is first needed.",
};
const insides = {
  regex: "^@axlab/[a-z-]+/(src|dist)(/|$)|(^|/)(auth|wire|sdk|mock-server|conformance|bench)/(src|dist)(/|$)",
  message: "Import another package by its public entry, not by its files.",
};
const neverImported = {
  regex: "^(axlab|@axlab/(conformance|bench|console))(/|$)",
  message: "Nothing imports an application, the conformance suites or the benchmarks.",
};
const packages = (names, message) => ({ regex: `^@axlab/(${names.join("|")})(/|$)`, message });

const everywhere = [insides, neverImported];
const auth = [
  ...everywhere,
  packages(["wire", "sdk", "mock-server"], "auth is the root of the arrows: it imports no other package."),
];
const wire = [...everywhere, packages(["sdk", "mock-server"], "wire may import auth only.")];
const sdk = [
  ...everywhere,
  packages(
    ["mock-server"],
    "sdk and mock-server never import each other; tests of the pair live in packages/conformance.",
  ),
];
const server = [
  ...everywhere,
  packages(["sdk"], "sdk and mock-server never import each other; tests of the pair live in packages/conformance."),
];

const transports = {
  regex: "^(hono|@hono|@grpc|graphql|graphql-yoga|msw|node:https?|node:http2|node:net)(/|$)|/surfaces/",
  message: "The domain and the store know no HTTP, gRPC or GraphQL: surfaces call the domain, never the other way.",
};
const upwards = {
  regex: "/(domain|access|surfaces)/",
  message: "The store is the lowest layer: it imports neither the domain nor what stands above it.",
};
const databases = {
  regex: "^(libsql|pg|kysely)(/|$)",
  message: "Surfaces ask the domain; only the store (and the domain's queries) speak to the database.",
};

const TESTS = ["**/*.test.ts", "**/*.test.tsx"];
const block = (name, files, patterns, ignores = []) => ({
  name: `architecture/${name}`,
  files,
  ignores,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

/** Folders that must run without Node. */
export const RUNS_ANYWHERE = ["packages/auth/src/**/*.ts", "packages/wire/src/**/*.ts", "packages/sdk/src/**/*.ts"];
const NODE_ONLY = [
  "packages/sdk/src/flight/**",
  "packages/sdk/src/node/**",
  "packages/sdk/src/files/**",
  "packages/sdk/src/testing/**",
];

/** What only `import()` reaches. */
const LOADED_LATE = ["packages/sdk/src/rest/*operations.ts", "packages/sdk/src/graphql/schema.ts"];

export const architecture = [
  block("everywhere", ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"], [insides]),
  block("auth-tests", ["packages/auth/src/**/*.test.ts"], auth),
  block("auth", ["packages/auth/src/**/*.ts"], [...auth, builtins, grpc], TESTS),
  block("wire-tests", ["packages/wire/src/**/*.test.ts"], wire),
  block("wire", ["packages/wire/src/**/*.ts"], [...wire, builtins, grpc], TESTS),
  block("sdk-node-and-tests", ["packages/sdk/src/**/*.ts"], sdk),
  block("sdk-core", ["packages/sdk/src/**/*.ts"], [...sdk, builtins, grpc], [...TESTS, ...NODE_ONLY]),
  {
    name: "architecture/sdk-loads-late",
    files: ["packages/sdk/src/**/*.ts"],
    ignores: [...TESTS, ...LOADED_LATE],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { patterns: [heavy] }] },
  },
  block("mock-server", ["packages/mock-server/src/**/*.ts"], server),
  block("domain", ["packages/mock-server/src/domain/**/*.ts"], [...server, transports], TESTS),
  block("store", ["packages/mock-server/src/store/**/*.ts"], [...server, transports, upwards], TESTS),
  block("surfaces", ["packages/mock-server/src/surfaces/**/*.ts"], [...server, databases], TESTS),
  {
    name: "architecture/no-node-globals",
    files: RUNS_ANYWHERE,
    ignores: [...TESTS, ...NODE_ONLY],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "Buffer", message: "Browsers have no Buffer: use Uint8Array." },
        { name: "process", message: "Browsers have no process: read `globalThis.process?.env` behind a guard." },
        { name: "require", message: "Browsers have no require: import instead." },
        { name: "setImmediate", message: "Browsers have no setImmediate: use setTimeout or a microtask." },
        { name: "__dirname", message: "Browsers have no __dirname." },
      ],
    },
  },
];
