import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { cli: "src/cli.ts" },
  format: ["esm"],
  platform: "node",
  target: "node20.19",
  sourcemap: true,
  clean: true,
  // The web console goes with the command; turbo builds it first.
  copy: [{ from: "../console/dist", rename: "console" }],
});
