import { z } from "zod";
import { ConfigurationError } from "../../errors.js";
import { durationMs } from "../clock.js";

const Duration = z.union([z.number().nonnegative(), z.string()]).transform((text, context) => {
  try {
    return durationMs(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});

/** What happens instead of, before or after the platform's own answer. */
const Effect = z.union([
  z
    .strictObject({
      status: z.number().int().min(400).max(599),
      /** seconds, sent as `Retry-After` */
      retryAfter: z.number().nonnegative().optional(),
      /** the whole body, as it is; default a problem document */
      body: z.string().optional(),
      contentType: z.string().optional(),
    })
    .describe("answered without being carried out"),
  z.strictObject({ delay: Duration }).describe("carried out and answered this much later"),
  z
    .strictObject({ reset: z.enum(["request", "answer"]) })
    .describe("the connection breaks: before anything is done, or after it was done and before it is answered"),
  z.strictObject({ hang: z.literal(true) }).describe("taken, and never answered"),
]);

/** One fault and the calls it meets. */
export const FaultRule = z.strictObject({
  /** `METHOD /path` with `*` for any method, any segment, or (at the end) any rest; or a gRPC method: `DoPut`, `DoGet`, `Export`, … */
  on: z
    .string()
    .regex(/^(?:(?:[A-Z]+|\*) \/\S*|[A-Z][A-Za-z]+)$/, "write `POST /v2/datasets`, `* /v2/spaces/*` or `DoPut`"),
  /** which matching call is the first to be met; default 1 */
  nth: z.number().int().min(1).default(1),
  /** how many calls are met from there on; default 1 */
  times: z.union([z.number().int().min(1), z.literal("always")]).default(1),
  effect: Effect,
});
export type FaultRule = z.input<typeof FaultRule>;
export type Effect = z.output<typeof Effect>;

/** @throws ConfigurationError that names the field */
export function parseRule(rule: unknown): z.output<typeof FaultRule> {
  const parsed = FaultRule.safeParse(rule);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(
    `Not a fault: ${[issue?.path.join("."), issue?.message].filter(Boolean).join(": ")}. Right would be {"on": "POST /v1/pandas_arrow", "effect": {"status": 503}}; effect is one of status, delay, reset, hang.`,
  );
}

/** Whether a call, `POST /v2/datasets` or `DoPut`, is one that the rule is about. */
export function matches(on: string, call: string): boolean {
  const [method = "", path] = on.split(" ");
  const [calledMethod = "", calledPath] = call.split(" ");
  if (path === undefined || calledPath === undefined) return on === call;
  if (method !== "*" && method !== calledMethod) return false;
  const wanted = path.split("/");
  const called = calledPath.split("/");
  const open = wanted.at(-1) === "*";
  if (open ? called.length < wanted.length : called.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment === "*" || segment === called[index]);
}
