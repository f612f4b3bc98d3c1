import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "rest/index": "src/rest/index.ts",
    "ingest/index": "src/ingest/index.ts",
    "flight/index": "src/flight/index.ts",
    "arrow/index": "src/arrow/index.ts",
    "otlp/index": "src/otlp/index.ts",
    "graphql/index": "src/graphql/index.ts",
    "console/index": "src/console/index.ts",
  },
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  target: "node20.19",
  dts: true,
  sourcemap: true,
  clean: true,
});
