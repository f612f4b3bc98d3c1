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
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
