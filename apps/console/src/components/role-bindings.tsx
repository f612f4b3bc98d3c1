import { Button, Group, List, NativeSelect, Stack, Text } from "@mantine/core";
import { decide, type Permission, type Principal } from "@axlab/auth";
import type { Role, RoleBinding, User } from "@axlab/wire/rest";
import { useState, type FormEvent } from "react";
import type { BindablePlace } from "../api/bindable-places.js";
import { bindRole, roleBindingsKey, unbindRole } from "../api/role-bindings.js";
import { useDeed } from "../api/use-deed.js";
import { ErrorNotice } from "./error-notice.js";

interface Props {
  principal: Principal;
  /** every binding of the account */
  bindings: readonly RoleBinding[];
  people: readonly User[];
  /** to choose from: either only one role or only one place */
  roles: readonly Role[];
  places: readonly BindablePlace[];
}

/** Who holds which of these roles on which of these places; and giving them to more people, or taking them away. */
export function RoleBindings({ principal, bindings, people, roles, places }: Props) {
  const open = places.filter((place) => may(principal, "ROLE_BINDING_CREATE", place));
  const [person, setPerson] = useState(people[0]?.id ?? "");
  const [role, setRole] = useState(roles[0]?.id ?? "");
  const [placeId, setPlaceId] = useState(open[0]?.id ?? "");
  const place = open.find(({ id }) => id === placeId);
  const before = bindings.find(({ user_id, resource_id }) => user_id === person && resource_id === placeId);
  const binding = useDeed(
    (to: BindablePlace) =>
      bindRole({ role_id: role, user_id: person, resource_type: to.type, resource_id: to.id }, before),
    roleBindingsKey,
    () => undefined,
  );
  const unbinding = useDeed(unbindRole, roleBindingsKey, () => undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (place !== undefined) binding.run(place);
  };
  const shown = bindings.flatMap(({ id, user_id, role_id, resource_id }) => {
    const at = places.find((candidate) => candidate.id === resource_id);
    const held = roles.find((candidate) => candidate.id === role_id);
    if (at === undefined || held === undefined) return [];
    const name = people.find((candidate) => candidate.id === user_id)?.name ?? "a service key";
    return [{ id, text: `${name}: ${held.name} on ${at.label}`, locked: !may(principal, "ROLE_BINDING_DELETE", at) }];
  });
  return (
    <Stack gap="md">
      {shown.length === 0 ? (
        <Text size="sm">Nobody is bound yet.</Text>
      ) : (
        <List
          listStyleType="none"
          spacing="xs"
          aria-label="Bindings"
          styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}
        >
          {shown.map(({ id, text, locked }) => (
            <List.Item key={id}>
              <Group justify="space-between" gap="xs">
                <Text size="sm" style={{ flex: "1 1 10rem", overflowWrap: "anywhere" }}>
                  {text}
                </Text>
                <Button
                  size="xs"
                  variant="default"
                  disabled={locked || unbinding.busy}
                  aria-label={`Unbind ${text}`}
                  onClick={() => unbinding.run(id)}
                >
                  Unbind
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      {unbinding.error !== null && <ErrorNotice error={unbinding.error} />}
      {open.length === 0 ? (
        <Text size="sm">Only a space admin, or whoever holds ROLE_BINDING_CREATE there, may bind people.</Text>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <NativeSelect
              label="Person"
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
              data={people.map(({ id, name }) => ({ value: id, label: name }))}
            />
            {roles.length > 1 && (
              <NativeSelect
                label="Role"
                value={role}
                onChange={(event) => setRole(event.currentTarget.value)}
                data={roles.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            {places.length > 1 && (
              <NativeSelect
                label="On"
                value={placeId}
                onChange={(event) => setPlaceId(event.currentTarget.value)}
                data={open.map(({ id, label }) => ({ value: id, label }))}
              />
            )}
            <Text size="xs">
              It counts from the person's next request on, and only with a role in the organization.
              {before !== undefined && " It replaces the role that they are bound to there now."}
            </Text>
            {binding.error !== null && <ErrorNotice error={binding.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={binding.busy}>
                Bind
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

/** Where the place is not known in full, the platform answers. */
const may = (principal: Principal, permission: Permission, { ref }: BindablePlace): boolean =>
  ref === null || decide(principal, permission, ref).allowed;
