import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { decide } from "@axlab/auth";
import type { User } from "@axlab/wire/rest";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { membershipsQuery, type Membership } from "../../api/members.js";
import { peopleQuery } from "../../api/people.js";
import { principalOf, useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { RecordTable, type Column } from "../../components/record-table.js";
import { roleName } from "../../components/role-names.js";
import { InviteDialog } from "./invite-dialog.js";
import { RemoveDialog } from "./remove-dialog.js";
import { RolesDialog } from "./roles-dialog.js";

/** Who is in the account, with the roles they were given. */
export function MembersPage() {
  const signedIn = useSignedIn();
  const principal = principalOf(signedIn);
  const account = { type: "account", accountId: signedIn.account.id } as const;
  const mayInvite = decide(principal, "USER_CREATE", account).allowed;
  const mayRemove = decide(principal, "USER_DELETE", account).allowed;
  const people = useQuery(peopleQuery);
  const memberships = useQuery(membershipsQuery(signedIn.account.id));
  const [inviting, invitation] = useDisclosure(false);
  const [changing, setChanging] = useState<User | null>(null);
  const [removing, setRemoving] = useState<User | null>(null);
  const failed = people.error ?? memberships.error;
  return (
    <Page
      title="Members"
      intro="Everybody in the account, with the roles they were given. A role counts for everything below the place it was given in; whoever is an admin of the account is admin everywhere."
      actions={
        <Stack gap={4} align="flex-end">
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={invitation.open} disabled={!mayInvite}>
            Invite
          </Button>
          {!mayInvite && <Text size="xs">Only an account admin may invite people.</Text>}
        </Stack>
      }
    >
      {failed ? (
        <ErrorNotice error={failed} retry={() => void Promise.all([people.refetch(), memberships.refetch()])} />
      ) : people.data === undefined || memberships.data === undefined ? (
        <Loading what="the members" />
      ) : (
        <RecordTable
          caption="Members"
          keyOf={({ id }) => id}
          records={people.data}
          empty="Nobody is here."
          columns={[
            personColumn(signedIn.person.id),
            { label: "Account role", cell: accountRole },
            placesColumn("Organizations", "organization", memberships.data),
            placesColumn("Spaces", "space", memberships.data),
            actionsColumn(mayRemove ? setRemoving : null, setChanging, signedIn.person.id),
          ]}
        />
      )}
      {inviting && <InviteDialog close={invitation.close} />}
      {changing && (
        <RolesDialog
          person={changing}
          memberships={(memberships.data ?? []).filter(({ userId }) => userId === changing.id)}
          close={() => setChanging(null)}
        />
      )}
      {removing && <RemoveDialog person={removing} close={() => setRemoving(null)} />}
    </Page>
  );
}

const personColumn = (self: string): Column<User> => ({
  label: "Person",
  cell: ({ id, name, email, status }) => (
    <Stack gap={2}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {name}
          {id === self ? " (you)" : ""}
        </Text>
        {status !== "ACTIVE" && (
          <Badge variant="outline" color="gray" tt="none">
            {status === "INVITED" ? "Invited" : "Invitation expired"}
          </Badge>
        )}
      </Group>
      <Text size="xs" style={{ overflowWrap: "anywhere" }}>
        {email}
      </Text>
    </Stack>
  ),
});

const accountRole = ({ role, is_developer }: User) => (
  <Stack gap={2}>
    <Text size="sm">{roleName(role.name ?? "")}</Text>
    <Text size="xs">{is_developer ? "may use the API" : "no developer access"}</Text>
  </Stack>
);

const placesColumn = (label: string, level: Membership["level"], memberships: readonly Membership[]): Column<User> => ({
  label,
  cell: ({ id }) => {
    const given = memberships.filter((membership) => membership.userId === id && membership.level === level);
    if (given.length === 0) return <Text size="sm">–</Text>;
    return (
      <Stack gap={2}>
        {given.map(({ placeId, placeName, role }) => (
          <Text key={placeId} size="sm">
            {placeName}: {roleName(role)}
          </Text>
        ))}
      </Stack>
    );
  },
});

const actionsColumn = (
  remove: ((person: User) => void) | null,
  change: (person: User) => void,
  self: string,
): Column<User> => ({
  label: "Actions",
  hidden: true,
  cell: (person) => (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button size="xs" variant="default" aria-label={`Roles of ${person.name}`} onClick={() => change(person)}>
        Roles
      </Button>
      {remove && person.id !== self && (
        <Button
          size="xs"
          variant="default"
          c="var(--mantine-color-error)"
          aria-label={`Remove ${person.name}`}
          onClick={() => remove(person)}
        >
          Remove
        </Button>
      )}
    </Group>
  ),
});
