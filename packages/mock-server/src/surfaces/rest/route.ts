import type { Permission, Requirement } from "@axlab/auth";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import type { Kind, Located } from "../../domain/locate.js";

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** What was parsed from a request, whole. */
export interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
}

/**
 * Who may call a route. Every route has one; a route without does not compile, and one that hands the question to the domain says why.
 * - `on: "account"`: decided on the caller's own account
 * - `on: <kind>`: `id` finds the resource, which is decided on before the handler runs, and handed to it as `target`
 *   With `hides` every refusal is a 404: the operation documents no 403, so whoever may not do it is told that there is nothing.
 * - `on: "each"`: a list; the handler asks the gate about every item with `requirement`
 * - `on: "domain"`: the rule is not one permission on one resource; the domain asks the gate itself
 */
export type AccessRule<K extends Kind, I> =
  | { on: "account"; requirement: Requirement; hides?: true }
  | { on: K; requirement: Requirement; read?: Permission; hides?: true; id: (input: I) => string }
  | { on: "each"; requirement: Requirement; why: string }
  | { on: "domain"; requirement: Requirement; why: string };

export interface Handling<K extends Kind, I> {
  caller: Caller;
  domain: Domain;
  input: I;
  /** what `access` found; only with a kind */
  target: Located<K>;
}

/** One operation of REST v2, declared once: routing, validation, the decision, OpenAPI, the journal and the permission matrix follow from it. */
export interface RouteDefinition<K extends Kind, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: Method;
  /** in OpenAPI's form, `/v2/spaces/{space_id}` */
  path: string;
  tag: string;
  summary: string;
  access: AccessRule<K, Input<z.output<P>, z.output<Q>, z.output<B>>>;
  params?: P;
  query?: Q;
  body?: B;
  /** the body may be left out altogether */
  bodyOptional?: boolean;
  success: { status: 200 | 201 | 202 | 204; body?: z.ZodType };
  /** a second documented success, chosen by the handler through `Answer` */
  alsoSuccess?: { status: 200 | 201; body: z.ZodType };
  /** documented statuses besides 400, 401 and 429 */
  errors: readonly (403 | 404 | 409 | 422 | 503)[];
  /** whether the audit log keeps it; default: everything that changes something */
  audited?: boolean;
  handle(handling: Handling<K, Input<z.output<P>, z.output<Q>, z.output<B>>>): Promise<unknown>;
}

/** An answer with another documented status than the usual one. */
export class Answer {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}
