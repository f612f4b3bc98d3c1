export { createContext, type ClientContext, type ContextOptions } from "../context.js";
export type { GraphQLDocument, TypedDocument } from "./document.js";
export type { RawResult } from "./execute.js";
export { createGraphQL, type Connection, type ConnectionOptions, type GraphQL } from "./graphql.js";
