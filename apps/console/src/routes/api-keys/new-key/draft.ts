import type { CreateApiKeyRequest } from "@axlab/wire/rest";
import type { Place } from "../../../api/places.js";
import type { KeyAccountRole, KeyOrganizationRole, KeySpaceRole } from "../standing.js";

/** When a key ends: never, so many days from now, or at the end of a day (`YYYY-MM-DD`, in the person's time zone). */
export type ExpiryChoice = { after: "never" } | { after: "days"; days: number } | { after: "date"; date: string };

/** A key as the dialog has it so far. */
export interface Draft {
  kind: "USER" | "SERVICE";
  name: string;
  description: string;
  expiry: ExpiryChoice;
  /** ids */
  spaces: readonly string[];
  /** in all of its spaces */
  spaceRole: KeySpaceRole;
  /** by the space's id, where it differs from `spaceRole`; null: it differs nowhere */
  spaceRoles: Readonly<Record<string, KeySpaceRole>> | null;
  organizationRole: KeyOrganizationRole;
  accountRole: KeyAccountRole;
}

/** The defaults are AX's (`spec/access.md §3`). */
export const UNTOUCHED: Draft = {
  kind: "USER",
  name: "",
  description: "",
  expiry: { after: "never" },
  spaces: [],
  spaceRole: "MEMBER",
  spaceRoles: null,
  organizationRole: "READ_ONLY",
  accountRole: "MEMBER",
};

const DAY_MS = 86_400_000;

/** What is sent; null while something is missing. */
export function requestOf(draft: Draft, places: readonly Place[], now = Date.now()): CreateApiKeyRequest | null {
  const name = draft.name.trim();
  const expires_at = instantOf(draft.expiry, now);
  if (name === "" || expires_at === null) return null;
  const description = draft.description.trim();
  const common = {
    name,
    ...(description !== "" && { description }),
    ...(expires_at !== "never" && { expires_at }),
  };
  if (draft.kind === "USER") return { key_type: "USER", ...common };
  const organizations = chosenPlaces(draft, places).map(({ id, spaces }) => ({
    org_id: id,
    role: { type: "PREDEFINED" as const, name: draft.organizationRole },
    spaces: spaces.map((space) => ({
      space_id: space.id,
      role: { type: "PREDEFINED" as const, name: spaceRoleOf(draft, space.id) },
    })),
  }));
  if (organizations.length === 0) return null;
  return {
    key_type: "SERVICE",
    ...common,
    account_role: { type: "PREDEFINED", name: draft.accountRole },
    organizations,
  };
}

/** What the key is to be in one of its spaces. */
export const spaceRoleOf = ({ spaceRole, spaceRoles }: Draft, spaceId: string): KeySpaceRole =>
  spaceRoles?.[spaceId] ?? spaceRole;

/** The organizations of the spaces that are chosen, with those spaces alone. */
export const chosenPlaces = ({ spaces }: Draft, places: readonly Place[]): Place[] =>
  places
    .map((place) => ({ ...place, spaces: place.spaces.filter(({ id }) => spaces.includes(id)) }))
    .filter((place) => place.spaces.length > 0);

/** null: not a day */
function instantOf(expiry: ExpiryChoice, now: number): string | null {
  if (expiry.after === "never") return "never";
  if (expiry.after === "days") return new Date(now + expiry.days * DAY_MS).toISOString();
  const end = new Date(`${expiry.date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}
