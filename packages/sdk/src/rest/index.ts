export { RestClient } from "./client.js";
export type { InputOf, PathOf, ResultOf } from "./types.js";
