export * from "./in-space.js";
export * from "./resolve.js";
