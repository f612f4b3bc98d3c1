import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The platform under test is the built one, started as its own process; our SDK and wire are read from their sources.
const conditions = ["@axlab/source", "node", "import", "default"];

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["node", "import", "default"] } },
  test: {
    include: ["src/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    env: { DISABLE_PRERELEASE_WARNING: "true" },
  },
});
