import { defineConfig } from "vitest/config";

// Workspace packages are read from their sources, so that no test needs a build first.
const conditions = ["@axlab/source", "node", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["node"] } },
  test: {
    include: [
      "packages/{auth,wire,sdk,mock-server,bench}/src/**/*.test.ts",
      "apps/*/src/**/*.test.ts",
      "scripts/**/*.test.{ts,mjs}",
    ],
    // Test files share their worker's modules, of which most of a run would otherwise be the loading (148 s instead of 400). No test may
    // leave anything behind: not a spy, not an environment variable, not a listener of the process.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
