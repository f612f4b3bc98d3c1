import type * as z from "zod";

import type { CallOptions, Method } from "../transport/types.js";
import type { Operations } from "./operations.js";

type Verb = Lowercase<Method>;
type Name<V extends Verb, Path extends string> = `${Uppercase<V>} ${Path}`;

/** The typed paths of a method: `"/v2/spaces/{space_id}"` for `get`. */
export type PathOf<V extends Verb> = keyof Operations extends infer Key
  ? Key extends Name<V, infer Path>
    ? Path
    : never
  : never;

type Declared<V extends Verb, Path extends PathOf<V>> =
  Name<V, Path> extends keyof Operations ? Operations[Name<V, Path>] : never;

type Parameters<Path extends string> = Path extends `${string}{${infer Parameter}}${infer Rest}`
  ? Parameter | Parameters<Rest>
  : never;

type PathInput<Path extends string> = [Parameters<Path>] extends [never]
  ? unknown
  : { readonly path: Readonly<Record<Parameters<Path>, string>> };
type QueryInput<Op> = Op extends { query: infer Query extends z.ZodType }
  ? Record<never, never> extends z.input<Query>
    ? { readonly query?: z.input<Query> | undefined }
    : { readonly query: z.input<Query> }
  : unknown;
type BodyInput<Op> = Op extends { body: infer Body extends z.ZodType; bodyOptional: true }
  ? { readonly body?: z.input<Body> | undefined }
  : Op extends { body: infer Body extends z.ZodType }
    ? { readonly body: z.input<Body> }
    : unknown;

/** What a typed call takes: `path` parameters, `query`, `body` where the operation has them, and `signal`, `timeout`. */
export type InputOf<V extends Verb, Path extends PathOf<V>> = CallOptions &
  PathInput<Path> &
  QueryInput<Declared<V, Path>> &
  BodyInput<Declared<V, Path>>;

/** The success body, or `undefined` for an operation without one. */
export type ResultOf<V extends Verb, Path extends PathOf<V>> =
  Declared<V, Path> extends { response: infer Response extends z.ZodType } ? z.output<Response> : undefined;

/** The input may be left out when nothing in it is required. */
export type ArgumentsOf<V extends Verb, Path extends PathOf<V>> =
  Record<never, never> extends InputOf<V, Path> ? [input?: InputOf<V, Path>] : [input: InputOf<V, Path>];
