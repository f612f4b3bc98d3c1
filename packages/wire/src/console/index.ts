export * from "./session.js";
export * from "./service-keys.js";
export * from "./decisions.js";
export * from "./requests.js";
export * from "./records.js";
