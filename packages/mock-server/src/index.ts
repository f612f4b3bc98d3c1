import { Platform, type PlatformOptions } from "./platform.js";

/**
 * Starts a platform in this process.
 * @example
 * const platform = await createPlatform({ seed: "demo" });
 * const { url } = await platform.listen({ port: 0 });
 * @throws ConfigurationError when the database, the seed or an option cannot be used
 */
export const createPlatform = (options: PlatformOptions = {}): Promise<Platform> => Platform.create(options);

export { Platform, type PlatformOptions } from "./platform.js";
export { PlatformClock, type Duration } from "./lab/clock.js";
export { ConnectionReset } from "./lab/faults/http.js";
export type { Faults } from "./lab/faults/faults.js";
export { FaultRule } from "./lab/faults/rule.js";
export { SeedDocument } from "./lab/seeds/document.js";
export type { DemoTenant, Tenant } from "./lab/seeds/plant.js";
export type { Seeded, SeedChoice } from "./lab/seeds/seed.js";
export type { JournalEntry, Received } from "./lab/journal.js";
export type { AuthMode } from "./access/gate.js";
export type { Limits } from "./core.js";
export * from "./errors.js";
