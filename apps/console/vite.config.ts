import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

/** The platform that `npm run dev` speaks to. */
const platform = process.env["AXLAB_URL"] ?? "http://127.0.0.1:4545";

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ["@axlab/source", ...defaultClientConditions] },
  build: {
    target: "es2022",
    // The Content-Security-Policy lets nothing be loaded from a data: address but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: Object.fromEntries(["/v1", "/v2", "/console", "/graphql"].map((path) => [path, platform])) },
});
