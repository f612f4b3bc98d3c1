/**
 * The GraphQL schema that the platform serves, as SDL text: `spec/graphql.md §8`, as far as something real stands behind it.
 * A field that is missing is answered as an unknown field, never as null. Both ends share this text, so that what the SDK types
 * and what the platform answers cannot part.
 */
export { GRAPHQL_SDL, GRAPHQL_SDL_PARTS } from "./sdl.js";
