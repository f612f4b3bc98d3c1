import { redactKey } from "@axlab/auth";
import * as z from "zod";

import type { ClientContext } from "./context.js";
import { ArizeError, GraphQLRequestError, UnexpectedResponseError } from "./errors/index.js";
import { executeText, type RawResult } from "./graphql/execute.js";
import type { CallOptions } from "./transport/types.js";

/** What the current key is. Never the key itself. */
export interface WhoAmI {
  readonly account: { readonly id: string; readonly name: string | null } | null;
  /** Whom the key acts as: a person, or the bot user of a service key. */
  readonly principal: {
    readonly id: string;
    readonly kind: "human" | "bot" | null;
    readonly name: string | null;
    readonly email: string | null;
    /** `admin`, `member`, `annotator`, as the server names it. */
    readonly accountRole: string | null;
  };
  /**
   * What the key acts with, as given: a managed role such as `MEMBER`, or the name of a custom role. What is inherited from above is not
   * repeated. `null` when the server does not tell.
   */
  readonly roles:
    | readonly {
        readonly level: "account" | "organization" | "space" | "project";
        readonly resourceId: string;
        readonly role: string;
      }[]
    | null;
  /** `null` when the server does not tell, as for a service key against a server without `viewer.apiKey`. */
  readonly key: {
    readonly id: string;
    readonly name: string | null;
    readonly type: "USER" | "SERVICE";
    readonly status: "ACTIVE" | "REVOKED";
    /** RFC 3339; `null` never expires. */
    readonly expiresAt: string | null;
    readonly redactedKey: string;
  } | null;
}

const PRINCIPAL = "user { id name email accountRole userType }";
const KEY = "apiKey { id name keyType expiresAt status redactedKey } roles { level resourceId role }";
const query = (viewer: string) => `query WhoAmI { viewer { ${viewer} } account { id name } }`;

const text = z.string().nullish().transform((value) => value ?? null); // prettier-ignore
const upper = z.string().transform((value) => value.toUpperCase());
const Viewer = z.object({
  account: z.object({ id: z.string(), name: text }).nullish(),
  viewer: z.object({
    user: z.object({
      id: z.string(),
      name: text,
      email: text,
      accountRole: text,
      userType: z.enum(["human", "bot"]).nullish(),
    }),
    apiKey: z
      .object({
        id: z.string(),
        name: text,
        keyType: upper.pipe(z.enum(["USER", "SERVICE"])),
        status: upper.pipe(z.enum(["ACTIVE", "REVOKED"])),
        expiresAt: text,
        redactedKey: z.string(),
      })
      .nullish(),
    roles: z
      .array(
        z.object({
          level: z.enum(["account", "organization", "space", "project"]),
          resourceId: z.string(),
          role: z.string(),
        }),
      )
      .nullish(),
  }),
});

/**
 * Asks GraphQL's `viewer` who the key acts as. `viewer.apiKey` and `viewer.roles` are axlab's own; a server without them is asked
 * by `GET /v2/api-keys` instead, which shows user keys only.
 */
export async function whoami(context: ClientContext, options: CallOptions): Promise<WhoAmI> {
  const full = await executeText(context, query(`${PRINCIPAL} ${KEY}`), {}, options);
  const knowsKey = !full.errors?.some(({ message }) => /apiKey|roles/.test(message));
  const result = knowsKey ? full : await executeText(context, query(PRINCIPAL), {}, options);
  if (result.errors) throw new GraphQLRequestError(result.errors, result.data, result.requestId);
  const { account, viewer } = readViewer(result, context);
  const { user, apiKey, roles } = viewer;
  return {
    account: account ?? null,
    principal: {
      id: user.id,
      kind: user.userType ?? null,
      name: user.name,
      email: user.email,
      accountRole: user.accountRole,
    },
    roles: roles ?? null,
    key: apiKey ? toKey(apiKey) : await ownKey(context, options),
  };
}

function readViewer({ data, requestId }: RawResult, context: ClientContext): z.output<typeof Viewer> {
  const parsed = Viewer.safeParse(data);
  if (parsed.success) return parsed.data;
  const detail = "The answer does not say who the key acts as: viewer.user is missing";
  const path = new URL(context.config.graphqlUrl).pathname;
  throw new UnexpectedResponseError({ status: 200, method: "POST", path, requestId, body: JSON.stringify({ detail }) });
}

function toKey(key: NonNullable<z.output<typeof Viewer>["viewer"]["apiKey"]>): WhoAmI["key"] {
  const { id, name, keyType, status, expiresAt, redactedKey } = key;
  return { id, name, type: keyType, status, expiresAt, redactedKey };
}

async function ownKey({ config, rest }: ClientContext, options: CallOptions): Promise<WhoAmI["key"]> {
  const redacted = redactKey(config.apiKey.reveal());
  try {
    const { api_keys } = await rest.get("/v2/api-keys", { query: { limit: 100 }, ...options });
    const own = api_keys.filter(({ redacted_key }) => redacted_key === redacted);
    const [key] = own;
    // Two keys may look alike redacted; then neither can be told to be this one.
    if (key === undefined || own.length > 1) return null;
    return {
      id: key.id,
      name: key.name,
      type: key.key_type,
      status: key.status,
      expiresAt: key.expires_at ?? null,
      redactedKey: redacted,
    };
  } catch (error) {
    if (error instanceof ArizeError && "status" in error && error.status === 403) return null;
    throw error;
  }
}
