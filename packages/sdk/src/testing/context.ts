import { createContext, type ClientContext, type ContextOptions } from "../context.js";
import { FakeClock } from "./clock.js";

export const TEST_KEY = "foreign-secret-key-0123456789abcdef";

/** A context against a test server: no real waiting, no environment. */
export function testContext(baseUrl: string, options: ContextOptions = {}): ClientContext {
  return createContext({ apiKey: TEST_KEY, baseUrl, clock: new FakeClock(), random: () => 0.5, ...options });
}
