import * as z from "zod";
import { Rfc3339 } from "../timestamps.js";
import { Id, requestBody } from "../rest/fields.js";

/**
 * The header that a signed-in page sends with every request. A page of another origin cannot send it without being asked by a preflight,
 * which the platform never answers: so a cookie alone does nothing (`decisions/0038`).
 */
export const CONSOLE_HEADER = "x-axlab-console";

const MemberRole = z.enum(["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"]);

/** What a person was given, as it stands: nothing inherited is repeated. `@axlab/auth` decides with it what a page offers. */
export const ConsoleGrants = z.strictObject({
  account_role: z.enum(["ADMIN", "MEMBER", "MEMBER_UI_ONLY", "ANNOTATOR"]),
  organizations: z.array(z.strictObject({ id: Id, role: MemberRole })),
  /** role null: the membership stands on a custom role, see `bindings` */
  spaces: z.array(z.strictObject({ id: Id, role: MemberRole.nullable() })),
  bindings: z.array(
    z.strictObject({
      id: Id,
      resource_id: Id,
      role_id: Id,
      role_name: z.string(),
      permissions: z.array(z.string()),
    }),
  ),
});
export type ConsoleGrants = z.infer<typeof ConsoleGrants>;

/** Somebody who may be chosen from the list of a demo platform. */
export const ConsolePerson = z.strictObject({ id: Id, name: z.string(), email: z.string() });
export type ConsolePerson = z.infer<typeof ConsolePerson>;

/** Who is signed in. */
export const SignedIn = z.strictObject({
  person: ConsolePerson.extend({ is_developer: z.boolean() }),
  account: z.strictObject({ id: Id, name: z.string(), developer_lock: z.boolean() }),
  grants: ConsoleGrants,
  expires_at: Rfc3339,
});
export type SignedIn = z.infer<typeof SignedIn>;

/** `GET /console/session`: `people` is empty where a password is asked for. */
export const ConsoleSession = z
  .strictObject({ signed_in: SignedIn.nullable(), people: z.array(ConsolePerson) })
  .meta({ id: "ConsoleSession" });
export type ConsoleSession = z.infer<typeof ConsoleSession>;

/** `POST /console/session`: one of the people listed, an address with its password, or the secret of a user key. */
export const SignInRequest = z
  .union([
    requestBody({ user_id: Id }),
    requestBody({ email: z.string().trim().min(1).max(320), password: z.string().min(1).max(1024) }),
    requestBody({ key: z.string().min(1).max(1024) }),
  ])
  .meta({ id: "ConsoleSignInRequest" });
export type SignInRequest = z.input<typeof SignInRequest>;
