import { defineConfig } from "vitest/config";

const conditions = ["@axlab/source", "node", "module", "default"];

/** `npm run test:e2e`: the built command and Debian's Chromium. Two files at a time, since a browser waits more than it computes. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["node"] } },
  test: {
    include: ["e2e/**/*.e2e.ts"],
    // Files share nothing but what they import, which is read once a worker.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
