import { defineConfig } from "vitest/config";

const conditions = ["@axlab/source", "node", "module", "default"];

/** `npm run test:e2e`: the built command and Debian's Chromium. One after another, since every file starts both. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["node"] } },
  test: { include: ["e2e/**/*.e2e.ts"], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
