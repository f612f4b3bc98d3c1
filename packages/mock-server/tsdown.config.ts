import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", "msw/index": "src/msw/index.ts", "vitest/index": "src/vitest/index.ts" },
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20.19",
  dts: true,
  sourcemap: true,
  clean: true,
});
