import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launch } from "./browser.js";
import { startPlatform, type RunningPlatform } from "./platform.js";

export interface StageOptions {
  width?: number;
  scheme?: "light" | "dark";
}

/** What the tests of a file play on: one platform and one browser; every person gets a window of their own. */
export interface Stage {
  readonly platform: RunningPlatform;
  /** an empty window */
  open(options?: StageOptions): Promise<Page>;
  /** a window in which one of the demo's people is signed in */
  signIn(name: string, options?: StageOptions): Promise<Page>;
  /** calls REST with a key, outside of any window */
  rest(key: string | undefined, method: string, path: string, body?: unknown): Promise<Response>;
}

export function stage(): Stage {
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    [platform, browser] = await Promise.all([startPlatform(), launch()]);
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new TypeError("Ask for this inside a test.");
    return value;
  };
  const open: Stage["open"] = async ({ width = 1440, scheme = "light" } = {}) => {
    const context = await there(browser).newContext({
      baseURL: there(platform).url,
      viewport: { width, height: width < 600 ? 740 : 900 },
      colorScheme: scheme,
      permissions: ["clipboard-read", "clipboard-write"],
      reducedMotion: "reduce",
    });
    contexts.push(context);
    return context.newPage();
  };
  return {
    get platform() {
      return there(platform);
    },
    open,
    async signIn(name, options) {
      const page = await open(options);
      await page.goto("/");
      await page.getByRole("button", { name }).click();
      await page.getByRole("button", { name: `Account menu of ${name}` }).waitFor();
      return page;
    },
    rest: (key, method, path, body) =>
      fetch(`${there(platform).url}${path}`, {
        method,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}
