export * from "./session.js";
export * from "./service-keys.js";
