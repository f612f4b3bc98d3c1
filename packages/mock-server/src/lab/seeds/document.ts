import { z } from "zod";

const Name = z.string().trim().min(1).max(255);
const MemberRole = z.enum(["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"]);
const Member = z.strictObject({ user: Name, role: MemberRole });

/** What a platform begins with: `--seed FILE.json`. People, organizations and spaces refer to one another by handle or name. */
export const SeedDocument = z.strictObject({
  account: z.strictObject({ name: Name }),
  users: z
    .array(
      z.strictObject({
        handle: Name,
        name: Name,
        email: z.email(),
        account_role: z.enum(["ADMIN", "MEMBER", "MEMBER_UI_ONLY", "ANNOTATOR"]).default("MEMBER"),
        is_developer: z.boolean().optional(),
      }),
    )
    .min(1),
  organizations: z
    .array(
      z.strictObject({
        name: Name,
        description: z.string().max(1000).default(""),
        members: z.array(Member).default([]),
        spaces: z
          .array(
            z.strictObject({
              name: Name,
              description: z.string().max(1000).default(""),
              is_private: z.boolean().default(false),
              members: z.array(Member).default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  keys: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ handle: Name, type: z.literal("USER"), name: Name, user: Name }),
        z.strictObject({
          handle: Name,
          type: z.literal("SERVICE"),
          name: Name,
          created_by: Name,
          account_role: z.enum(["ADMIN", "MEMBER"]).default("MEMBER"),
          organizations: z
            .array(
              z.strictObject({
                name: Name,
                role: z.enum(["ADMIN", "MEMBER", "READ_ONLY"]).default("READ_ONLY"),
                spaces: z
                  .array(
                    z.strictObject({ name: Name, role: z.enum(["ADMIN", "MEMBER", "READ_ONLY"]).default("MEMBER") }),
                  )
                  .min(1),
              }),
            )
            .min(1),
        }),
      ]),
    )
    .default([]),
});
export type SeedDocument = z.infer<typeof SeedDocument>;

/** The people every example and snippet speaks of. `handle`s are what `--json` and tests call them by. */
export function demoDocument(account = "axlab demo"): SeedDocument {
  return SeedDocument.parse({
    account: { name: account },
    users: [
      { handle: "admin", name: "Ada Admin", email: "ada@demo.axlab.dev", account_role: "ADMIN" },
      { handle: "member", name: "Max Member", email: "max@demo.axlab.dev", account_role: "MEMBER" },
      { handle: "readOnly", name: "Rea Reader", email: "rea@demo.axlab.dev", account_role: "MEMBER" },
    ],
    organizations: [
      {
        name: "Demo",
        description: "Seeded for trying things out",
        members: [
          { user: "admin", role: "ADMIN" },
          { user: "member", role: "MEMBER" },
          { user: "readOnly", role: "READ_ONLY" },
        ],
        spaces: [
          {
            name: "Playground",
            description: "Where the seeded keys may work",
            members: [
              { user: "admin", role: "ADMIN" },
              { user: "member", role: "MEMBER" },
              { user: "readOnly", role: "READ_ONLY" },
            ],
          },
          {
            name: "Vault",
            description: "A private space that only Ada sees",
            is_private: true,
            members: [{ user: "admin", role: "ADMIN" }],
          },
        ],
      },
    ],
    keys: [
      { handle: "admin", type: "USER", name: "Ada's key", user: "admin" },
      { handle: "member", type: "USER", name: "Max's key", user: "member" },
      { handle: "readOnly", type: "USER", name: "Rea's key", user: "readOnly" },
      {
        handle: "service",
        type: "SERVICE",
        name: "Playground pipeline",
        created_by: "admin",
        organizations: [{ name: "Demo", role: "READ_ONLY", spaces: [{ name: "Playground", role: "MEMBER" }] }],
      },
    ],
  });
}

/** An account with one admin and nothing else. */
export function emptyDocument(): SeedDocument {
  return SeedDocument.parse({
    account: { name: "axlab" },
    users: [{ handle: "admin", name: "Admin", email: "admin@axlab.dev", account_role: "ADMIN" }],
    keys: [{ handle: "admin", type: "USER", name: "Admin's key", user: "admin" }],
  });
}
