import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts" },
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  target: "node20.19",
  dts: true,
  sourcemap: true,
  clean: true,
});
