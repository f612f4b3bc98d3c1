import { defineConfig } from "vitest/config";

// Stryker runs the tests in a copy of this package, in which the patterns of the root configuration match nothing.
export default defineConfig({ test: { include: ["src/**/*.test.ts"] } });
