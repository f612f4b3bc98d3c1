import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launch } from "./browser.js";
import { startPlatform, type RunningPlatform } from "./platform.js";

export interface WindowOptions {
  width?: number;
  scheme?: "light" | "dark";
}

/** What the tests of a file play on: a platform and one browser; every person gets a window of their own. */
export interface Stage {
  readonly platform: RunningPlatform;
  /** the window that was opened last */
  readonly page: Page;
  /** an empty window */
  open(options?: WindowOptions): Promise<Page>;
  /** a window in which one of the demo's people is signed in. @param path the page to go to; default: the first one */
  signIn(name: string, path?: string, options?: WindowOptions): Promise<Page>;
  /** calls REST with a key, outside of any window */
  rest(key: string | undefined, method: string, path: string, body?: unknown): Promise<Response>;
}

export interface StageOptions {
  /** a platform for each test, for tests that change what others look at; default: one for all tests of the file */
  freshPlatform?: boolean;
}

export function stage({ freshPlatform = false }: StageOptions = {}): Stage {
  let platform: RunningPlatform | undefined;
  let browser: Browser | undefined;
  const windows: Page[] = [];
  /** the platform of the next test, which starts while this one runs */
  let next: Promise<RunningPlatform> | undefined;

  beforeAll(async () => {
    if (freshPlatform) next = startPlatform();
    else platform = await startPlatform();
    browser = await launch();
  });
  if (freshPlatform) {
    beforeEach(async () => {
      platform = await (next ?? startPlatform());
      next = startPlatform();
    });
  }
  afterEach(async () => {
    const contexts = new Set<BrowserContext>(windows.splice(0).map((page) => page.context()));
    await Promise.all([...contexts].map((context) => context.close()));
    if (freshPlatform) await platform?.stop();
  });
  afterAll(async () => {
    await browser?.close();
    if (freshPlatform) await (await next)?.stop();
    else await platform?.stop();
  });

  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new TypeError("Ask for this inside a test, a window once one is open.");
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
    const page = await context.newPage();
    windows.push(page);
    return page;
  };
  return {
    get platform() {
      return there(platform);
    },
    get page() {
      return there(windows.at(-1));
    },
    open,
    async signIn(name, path = "/", options) {
      const page = await open(options);
      await page.goto(path);
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
