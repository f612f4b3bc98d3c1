import { Alert, Button, Code, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconLock, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { auditQuery, type AuditEntry } from "../../api/audit.js";
import { peopleQuery } from "../../api/people.js";
import { useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Instant } from "../../components/instant.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { RecordTable, type Column } from "../../components/record-table.js";
import { StatusBadge } from "../../components/status-badge.js";

/** Who did what on which resource, with what outcome; for account admins. */
export function AuditLogPage() {
  const { grants, account } = useSignedIn();
  return (
    <Page
      title="Audit log"
      intro="Every creation, refresh and revocation of a key, every change of roles, members and restrictions, every sign-in, and what was refused. Entries are added and never changed; the newest are on top."
    >
      {grants.account_role === "ADMIN" ? (
        <Entries />
      ) : (
        <Alert icon={<IconLock aria-hidden />} title="For account admins" color="gray" variant="light">
          Only an account admin of {account.name} may read the audit log. Ask one, or sign in as one.
        </Alert>
      )}
    </Page>
  );
}

function Entries() {
  const [person, setPerson] = useState("");
  const [action, setAction] = useState("");
  const [outcome, setOutcome] = useState("");
  const people = useQuery(peopleQuery);
  const log = useInfiniteQuery(auditQuery(person === "" ? undefined : person));
  if (log.error) return <ErrorNotice error={log.error} retry={() => void log.refetch()} />;
  const names = new Map(people.data?.map(({ id, name }) => [id, name]));
  const read = log.data?.pages.flatMap(({ entries }) => entries) ?? [];
  const shown = read.filter(
    (entry) =>
      (entry.operation_name ?? "").toLowerCase().includes(action.trim().toLowerCase()) &&
      (outcome === "" || (entry.outcome === "allowed") === (outcome === "allowed")),
  );
  return (
    <>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Person"
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
          data={[
            { value: "", label: "Everybody" },
            ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput
          label="Action"
          placeholder="api-keys, sign-in, role-bindings…"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={action}
          onChange={(event) => setAction(event.currentTarget.value)}
          style={{ flex: "1 1 14rem" }}
        />
        <NativeSelect
          label="Outcome"
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
          data={[
            { value: "", label: "All" },
            { value: "allowed", label: "Allowed" },
            { value: "refused", label: "Refused" },
          ]}
        />
      </Group>
      {log.isPending ? (
        <Loading what="the audit log" />
      ) : (
        <RecordTable
          caption="Audit log"
          keyOf={({ id }) => id}
          records={shown}
          empty={read.length === 0 ? "Nothing was done in the last 30 days." : "No entry matches the filter."}
          columns={columnsOf(names)}
        />
      )}
      {log.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show older entries
          </Button>
        </Group>
      )}
    </>
  );
}

const columnsOf = (names: ReadonlyMap<string, string>): readonly Column<AuditEntry>[] => [
  { label: "When", cell: ({ created_at }) => <Instant at={created_at} absent="" /> },
  {
    label: "Who",
    cell: ({ user_id, keyId, ip }) => (
      <Stack gap={2}>
        <Text size="sm">{names.get(user_id) ?? "A service key, or somebody who was removed"}</Text>
        <Text size="xs">
          {keyId === null ? "in the console" : "with an API key"}, from {ip}
        </Text>
      </Stack>
    ),
  },
  {
    label: "Action",
    cell: ({ operation_name, resourceId }) => (
      <Stack gap={2}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {operation_name}
        </Text>
        {resourceId !== null && <Code style={{ overflowWrap: "anywhere" }}>{resourceId}</Code>}
      </Stack>
    ),
  },
  {
    label: "Outcome",
    cell: ({ outcome }) => <StatusBadge status={outcome === "allowed" ? 200 : Number(outcome)} />,
  },
];
