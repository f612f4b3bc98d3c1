import { CreateApiKeyRequest } from "@axlab/wire/rest";
import { describe, expect, it } from "vitest";
import type { Place } from "../../../api/places.js";
import { requestOf, UNTOUCHED, type Draft } from "./draft.js";

const NOW = Date.parse("2026-05-18T12:00:00Z");

const place = (name: string, spaces: readonly string[]): Place => ({
  id: name,
  name,
  description: "",
  created_at: "2026-05-01T00:00:00.000Z",
  ref: { type: "organization", accountId: "account", organizationId: name },
  spaces: spaces.map((space) => ({
    id: space,
    name: space,
    description: "",
    created_at: "2026-05-01T00:00:00.000Z",
    is_private: false,
    ref: { type: "space", accountId: "account", organizationId: name, spaceId: space, isPrivate: false },
  })),
});
const PLACES = [place("acme", ["main", "second"]), place("beta", ["third"])];

const draft = (part: Partial<Draft>): Draft => ({ ...UNTOUCHED, name: "pipeline", ...part });

describe("what the dialog sends", () => {
  it("is nothing without a name, and for a service key nothing without a space", () => {
    expect(requestOf(draft({ name: "   " }), PLACES)).toBeNull();
    expect(requestOf(draft({ kind: "SERVICE" }), PLACES)).toBeNull();
  });

  it("leaves out what was not filled in", () => {
    expect(requestOf(draft({ name: " mine ", description: "  " }), PLACES)).toEqual({ key_type: "USER", name: "mine" });
  });

  it("puts each space under its organization, with the roles that were chosen", () => {
    const request = requestOf(
      draft({ kind: "SERVICE", spaces: ["second", "third"], spaceRole: "READ_ONLY", organizationRole: "MEMBER" }),
      PLACES,
    );
    expect(CreateApiKeyRequest.safeParse(request).success).toBe(true);
    const role = { type: "PREDEFINED", name: "READ_ONLY" };
    expect(request).toMatchObject({
      key_type: "SERVICE",
      account_role: { name: "MEMBER" },
      organizations: [
        { org_id: "acme", role: { name: "MEMBER" }, spaces: [{ space_id: "second", role }] },
        { org_id: "beta", role: { name: "MEMBER" }, spaces: [{ space_id: "third", role }] },
      ],
    });
  });

  it("gives a space the role that was chosen for it, and the others the common one", () => {
    const request = requestOf(
      draft({
        kind: "SERVICE",
        spaces: ["main", "second", "third"],
        spaceRoles: { second: "ADMIN", gone: "READ_ONLY" },
      }),
      PLACES,
    );
    expect(CreateApiKeyRequest.safeParse(request).success).toBe(true);
    expect(request).toMatchObject({
      organizations: [
        {
          spaces: [
            { space_id: "main", role: { name: "MEMBER" } },
            { space_id: "second", role: { name: "ADMIN" } },
          ],
        },
        { spaces: [{ space_id: "third", role: { name: "MEMBER" } }] },
      ],
    });
  });

  it("ends a key so many days from now, or with the day that was chosen, and not on a day that is none", () => {
    const ends = (expiry: Draft["expiry"]) => requestOf(draft({ expiry }), PLACES, NOW)?.expires_at;
    expect(ends({ after: "days", days: 7 })).toBe("2026-05-25T12:00:00.000Z");
    expect(ends({ after: "date", date: "2026-06-01" })).toBe(new Date("2026-06-01T23:59:59").toISOString());
    expect(requestOf(draft({ expiry: { after: "date", date: "" } }), PLACES, NOW)).toBeNull();
  });
});
