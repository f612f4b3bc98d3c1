import type { Permission, Requirement } from "@axlab/auth";
import { explainZodError } from "@axlab/wire";
import type { Context } from "hono";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import { accountRef, locate, type Kind, type Located } from "../../domain/locate.js";
import {
  ConfigurationError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  PayloadTooLargeError,
} from "../../errors.js";
import type { HttpEnv } from "../http-env.js";
import { withExactIntegers } from "./exact-integers.js";
import { Answer, type AccessRule, type Input, type RouteDefinition } from "./route.js";

/** What a route looks like once its types have done their work. */
export interface Route {
  readonly method: RouteDefinition<Kind, z.ZodType, z.ZodType, z.ZodType>["method"];
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: {
    on: Kind | "account" | "each" | "domain";
    requirement: Requirement;
    read?: Permission;
    hides?: true;
    why?: string;
  };
  readonly schemas: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; bodyOptional: boolean };
  readonly success: { status: number; body?: z.ZodType };
  readonly alsoSuccess?: { status: number; body: z.ZodType };
  readonly errors: readonly number[];
  readonly audited: boolean;
  answer(
    context: Context<HttpEnv>,
    domain: Domain,
    caller: Caller,
  ): Promise<{ response: Response; targetId: string | null }>;
}

/** Closes a definition over its own types, so that routes of every kind lie in one list. */
export function route<K extends Kind, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: RouteDefinition<K, P, Q, B>,
): Route {
  const { method, path, tag, summary, access, params, query, body, success, alsoSuccess, errors } = definition;
  const bodyOptional = definition.bodyOptional ?? false;
  return {
    method,
    path,
    tag,
    summary,
    access: describeAccess(access),
    schemas: { ...(params && { params }), ...(query && { query }), ...(body && { body }), bodyOptional },
    success,
    ...(alsoSuccess && { alsoSuccess }),
    errors,
    audited: definition.audited ?? method !== "get",
    async answer(context, domain, caller) {
      const input = await readInput(definition, context, domain.core.limits.jsonBytes);
      const target = await decideAccess(definition, domain, caller, input);
      const result = await definition.handle({
        caller,
        domain,
        input,
        get target() {
          if (target === null)
            throw new ConfigurationError(`${method} ${path} declares no resource, so its handler has no target.`);
          return target;
        },
      });
      const targetId = createdId(result instanceof Answer ? result.body : result) ?? target?.entity.id ?? null;
      if (result instanceof Answer) return { response: json(result.body, result.status), targetId };
      if (success.body === undefined) return { response: new Response(null, { status: success.status }), targetId };
      return { response: json(result, success.status), targetId };
    },
  };
}

/** The id of what was made or changed, as its answer has it. */
function createdId(body: unknown): string | null {
  const id: unknown = typeof body === "object" && body !== null && "id" in body ? body.id : null;
  return typeof id === "string" ? id : null;
}

/** All of a rule but the function that finds its resource. */
function describeAccess<K extends Kind, I>(access: AccessRule<K, I>): Route["access"] {
  const { on, requirement } = access;
  return {
    on,
    requirement,
    ...("read" in access && access.read !== undefined && { read: access.read }),
    ...("hides" in access && access.hides && { hides: true }),
    ...("why" in access && { why: access.why }),
  };
}

const json = (body: unknown, status: number): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function decideAccess<K extends Kind, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { access }: RouteDefinition<K, P, Q, B>,
  domain: Domain,
  caller: Caller,
  input: Input<z.output<P>, z.output<Q>, z.output<B>>,
): Promise<Located<K> | null> {
  if (access.on === "each" || access.on === "domain") return null;
  const found = "id" in access ? await locate(domain.core.store.db, access.on, access.id(input)) : null;
  const ref = "id" in access ? (found?.ref ?? null) : accountRef(caller.principal.accountId);
  try {
    domain.core.gate.require(caller, access.requirement, ref, "read" in access ? access.read : undefined);
  } catch (error) {
    if ("hides" in access && access.hides && error instanceof ForbiddenError) throw new NotFoundError();
    throw error;
  }
  return found;
}

async function readInput<K extends Kind, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: RouteDefinition<K, P, Q, B>,
  context: Context<HttpEnv>,
  maxBytes: number,
): Promise<Input<z.output<P>, z.output<Q>, z.output<B>>> {
  const pathValues = context.req.param();
  const { bodyOptional = false } = definition;
  return {
    params: parse(definition.params, pathValues, "path"),
    query: parse(definition.query, queryValues(context), "query"),
    body: definition.body ? parse(definition.body, await readJson(context, bodyOptional, maxBytes), "body") : NOTHING,
  };
}

/** The parts a route does not declare are undefined, and their schema's type says so. */
// boundary: a route without a schema has no type for that part, and cannot read it
const NOTHING = undefined as never;

function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  where: "path" | "query" | "body",
): z.output<S> {
  if (schema === undefined) return NOTHING;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidRequestError(explainZodError(parsed.error, where));
  return parsed.data;
}

/** `status=ACTIVE&status=INVITED` becomes a list, a single value stays one. */
function queryValues(context: Context<HttpEnv>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? "") : values,
    ]),
  );
}

async function readJson(context: Context<HttpEnv>, optional: boolean, maxBytes: number): Promise<unknown> {
  const declared = Number(context.req.header("content-length") ?? "0");
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const text = await context.req.text();
  if (text.length > maxBytes) throw tooLarge(maxBytes);
  if (text.trim() === "") {
    if (optional) return {};
    throw new InvalidRequestError("body: missing; this operation needs a JSON object.");
  }
  const type = context.req.header("content-type") ?? "application/json";
  if (!/json/i.test(type)) throw new InvalidRequestError(`body: sent as ${type}; send it as application/json.`);
  try {
    return JSON.parse(withExactIntegers(text));
  } catch (error) {
    const reason = error instanceof Error ? withoutText(error.message) : "unreadable";
    const remedy = NOT_FINITE.test(text)
      ? " JSON has no NaN and no Infinity: send null where a number is missing."
      : "";
    throw new InvalidRequestError(`body: not JSON (${reason}).${remedy}`);
  }
}

/** What Python writes for numbers that JSON does not have, such as the missing ones of a data frame. */
const NOT_FINITE = /[:[,]\s*-?(?:NaN|Infinity)\b/;

/** V8 quotes the text around a syntax error, and the text may hold anything. */
const withoutText = (message: string): string =>
  message.replace(/,? ?"[\s\S]*" ?(?:\.\.\. )?is not valid JSON/, "").slice(0, 120);

const tooLarge = (maxBytes: number): PayloadTooLargeError =>
  new PayloadTooLargeError(
    `The body is larger than the ${maxBytes} bytes this platform takes at once; send fewer items a request.`,
  );
