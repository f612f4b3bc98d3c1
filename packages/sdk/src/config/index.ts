export { resolveConfig, type ArizeConfig } from "./config.js";
export type { Endpoint } from "./endpoints.js";
export type { ConfigOptions } from "./options.js";
export type { Environment } from "./sources.js";
