import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";
import { architecture } from "./scripts/eslint/architecture.mjs";
import { boundaryAssertion } from "./scripts/eslint/boundary-assertion.mjs";

const SOURCES = ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}"];
const TESTS = ["**/*.test.{ts,tsx}", "**/testing/**", "apps/console/e2e/**"];

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "**/gen/",
      "**/node_modules/",
      "**/.turbo/",
      "**/coverage/",
      ".conformance/",
      ".axlab/",
      "examples/",
    ],
  },
  eslint.configs.recommended,
  {
    name: "scripts",
    files: ["**/*.{js,mjs}"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "process",
          "console",
          "fetch",
          "URL",
          "setTimeout",
          "setInterval",
          "clearInterval",
          "clearTimeout",
          "Buffer",
          "AbortController",
          "AbortSignal",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
  {
    name: "typescript",
    files: SOURCES,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { axlab: { rules: { "boundary-assertion": boundaryAssertion } } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // Functions that implement an asynchronous interface have nothing to await at times.
      "@typescript-eslint/require-await": "off",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "axlab/boundary-assertion": "error",
    },
  },
  {
    name: "typescript-outside-src",
    files: ["**/*.ts"],
    ignores: SOURCES,
    extends: [tseslint.configs.recommended],
  },
  ...architecture,
  {
    name: "tests",
    files: TESTS,
    rules: {
      "max-lines": "off",
      "axlab/boundary-assertion": "off",
      // What a test reads from JSON or from vitest's matchers is `any`; a wrong shape fails the assertion.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  prettier,
);
