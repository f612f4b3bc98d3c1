import { Button, Group, Modal, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { decide, type OrganizationRole } from "@axlab/auth";
import type { User } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { changeRole, membershipsKey, type Membership } from "../../api/members.js";
import { placesQuery } from "../../api/places.js";
import { principalOf, useSignedIn } from "../../api/session.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { ORGANIZATION_ROLES } from "../../components/role-names.js";

interface Props {
  person: User;
  memberships: readonly Membership[];
  close: () => void;
}

const NONE = "";
const CUSTOM = "custom";

/** The roles of one person, place by place. A change counts from their next request on, for their user keys too. */
export function RolesDialog({ person, memberships, close }: Props) {
  const signedIn = useSignedIn();
  const principal = principalOf(signedIn);
  const places = useQuery(placesQuery(signedIn.account.id));
  const change = useDeed(changeRole, membershipsKey, () => undefined);
  const roleAt = (placeId: string): Membership | undefined =>
    memberships.find((membership) => membership.placeId === placeId);
  return (
    <Modal
      opened
      onClose={close}
      title={`Roles of ${person.name}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <Text size="sm">
          A change counts from the next request on: the user keys of {person.name} may then do more or less. Service
          keys that {person.name} made keep the roles they were made with.
        </Text>
        {change.error !== null && <ErrorNotice error={change.error} />}
        {(places.data ?? []).map((organization) => (
          <section key={organization.id}>
            <Title order={3} size="h5" mb="xs">
              {organization.name}
            </Title>
            <Stack gap="xs">
              <RoleChoice
                label={`Role in the organization ${organization.name}`}
                membership={roleAt(organization.id)}
                locked={
                  decide(principal, "ORGANIZATION_ADMIN", organization.ref).allowed
                    ? null
                    : "Only an organization admin may change this."
                }
                choose={(role) =>
                  change.run({ userId: person.id, placeId: organization.id, level: "organization", role })
                }
                busy={change.busy}
              />
              {organization.spaces.map((space) => (
                <RoleChoice
                  key={space.id}
                  label={`Role in the space ${space.name}`}
                  membership={roleAt(space.id)}
                  locked={
                    roleAt(organization.id) === undefined
                      ? "Needs a role in the organization first."
                      : decide(principal, "SPACE_ADMIN", space.ref).allowed
                        ? null
                        : "Only a space admin may change this."
                  }
                  choose={(role) => change.run({ userId: person.id, placeId: space.id, level: "space", role })}
                  busy={change.busy}
                />
              ))}
            </Stack>
          </section>
        ))}
        <Group justify="flex-end">
          <Button onClick={close}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface ChoiceProps {
  label: string;
  membership: Membership | undefined;
  /** why it cannot be changed; null when it can */
  locked: string | null;
  choose: (role: OrganizationRole | null) => void;
  busy: boolean;
}

function RoleChoice({ label, membership, locked, choose, busy }: ChoiceProps) {
  const managed = OPTIONS.find(({ value }) => value === membership?.role);
  const custom = membership !== undefined && managed === undefined;
  return (
    <NativeSelect
      label={label}
      description={locked}
      disabled={locked !== null || busy}
      value={membership === undefined ? NONE : (managed?.value ?? CUSTOM)}
      onChange={({ currentTarget: { value } }) => {
        if (value === CUSTOM) return;
        choose(OPTIONS.find((option) => option.value === value)?.value ?? null);
      }}
      data={[
        { value: NONE, label: "No role" },
        ...OPTIONS,
        ...(custom ? [{ value: CUSTOM, label: `Custom: ${membership.role}` }] : []),
      ]}
    />
  );
}

const OPTIONS: { value: OrganizationRole; label: string }[] = (
  ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"] as const
).map((value) => ({ value, label: ORGANIZATION_ROLES[value] }));
