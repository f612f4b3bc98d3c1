import { defineConfig } from "tsdown";

// One entry for each subpath of package.json's exports.
const entries = [
  "index",
  "logger/index",
  "exports/index",
  "datasets/index",
  "experiments/index",
  "graphql/index",
  "rest/index",
  "resources/ai-integrations",
  "resources/annotation-queues",
  "resources/evaluators",
  "resources/integrations",
  "resources/prompts",
  "resources/api-keys",
  "resources/audit-logs",
  "resources/organizations",
  "resources/projects",
  "resources/resource-restrictions",
  "resources/role-bindings",
  "resources/roles",
  "resources/spaces",
  "resources/tasks",
  "resources/users",
  "flight/index",
  "files/index",
  "errors/index",
  "context",
];

export default defineConfig({
  entry: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  deps: { neverBundle: [/^node:/] },
  target: "node20.19",
  dts: true,
  sourcemap: true,
  clean: true,
});
