import { defineConfig } from "tsdown";

/** Plain JavaScript, file by file: what is measured runs as it does in a user's program, without a loader that compiles TypeScript. */
export default defineConfig({
  entry: ["src/{datasets,experiments,ingest}.ts", "src/{datasets,ingest}/worker.ts"],
  format: "esm",
  unbundle: true,
  platform: "node",
  fixedExtension: true,
  target: "node20.19",
  logLevel: "warn",
  clean: true,
});
