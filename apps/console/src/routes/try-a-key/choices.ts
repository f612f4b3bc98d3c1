import { ProjectPage } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { serviceKeysQuery, userKeysQuery } from "../../api/api-keys.js";
import { everything } from "../../api/pages.js";
import { placesQuery } from "../../api/places.js";
import { useSignedIn } from "../../api/session.js";

export interface Choice {
  value: string;
  label: string;
}
export interface ChoiceGroup {
  group: string;
  items: Choice[];
}

/** The keys one may ask about by name: one's own, and those service keys that one may see. */
export function useKeyChoices(): ChoiceGroup[] {
  const own = useQuery(userKeysQuery("ACTIVE", undefined));
  const service = useQuery(serviceKeysQuery("ACTIVE"));
  const label = ({ name, redacted_key }: { name: string; redacted_key: string }): string => `${name} (${redacted_key})`;
  return [
    { group: "My keys", items: (own.data ?? []).map((key) => ({ value: key.id, label: label(key) })) },
    { group: "Service keys", items: (service.data ?? []).map((key) => ({ value: key.id, label: label(key) })) },
  ].filter(({ items }) => items.length > 0);
}

/** Where one might ask: spaces first, then their projects, organizations, and the account. */
export function useResourceChoices(): ChoiceGroup[] {
  const { account } = useSignedIn();
  const places = useQuery(placesQuery(account.id));
  const projects = useQuery({
    queryKey: ["projects", "all"],
    queryFn: () => everything("/v2/projects", "projects", ProjectPage),
  });
  const organizations = places.data ?? [];
  return [
    {
      group: "Spaces",
      items: organizations.flatMap(({ name: organization, spaces }) =>
        spaces.map(({ id, name }) => ({ value: id, label: `${name} (${organization})` })),
      ),
    },
    { group: "Projects", items: (projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })) },
    { group: "Organizations", items: organizations.map(({ id, name }) => ({ value: id, label: name })) },
    { group: "Account", items: [{ value: account.id, label: account.name }] },
  ].filter(({ items }) => items.length > 0);
}
