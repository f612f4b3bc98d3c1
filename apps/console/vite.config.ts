import react from "@vitejs/plugin-react";
import { PurgeCSS } from "purgecss";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** The platform that `npm run dev` speaks to. */
const platform = process.env["AXLAB_URL"] ?? "http://127.0.0.1:4545";

/** Of the component library's style sheet, which is for all its components, what the built pages use. */
const onlyUsedRules = (): Plugin => ({
  name: "axlab:only-used-rules",
  apply: "build",
  enforce: "post",
  async generateBundle(_options, bundle) {
    const files = Object.values(bundle);
    const content = files.flatMap((file) => (file.type === "chunk" ? [{ raw: file.code, extension: "js" }] : []));
    for (const file of files) {
      if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
      const raw = typeof file.source === "string" ? file.source : new TextDecoder().decode(file.source);
      // The library makes the names of its data attributes up while it runs.
      const dynamicAttributes = [...raw.matchAll(/\[(data-[\w-]+)/g)].map(([, name = ""]) => name);
      const [purged] = await new PurgeCSS().purge({ content, css: [{ raw }], dynamicAttributes });
      if (purged !== undefined) file.source = purged.css;
    }
  },
});

export default defineConfig({
  plugins: [react(), onlyUsedRules()],
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
