import { Button, Code, Group, NativeSelect, Stack, Switch, Text } from "@mantine/core";
import type { ReceivedRequest } from "@axlab/wire/console";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LISTED, requestsQuery, type RequestFilter } from "../../api/requests.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { RecordTable, type Column } from "../../components/record-table.js";
import { StatusBadge } from "../../components/status-badge.js";
import { RequestDetail } from "./detail.js";

const SURFACES = ["rest", "ingest", "flight", "otlp", "graphql", "lab", "console"];
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** What reached the platform, as it comes in. */
export function RequestsPage() {
  const [surface, setSurface] = useState("");
  const [outcome, setOutcome] = useState<RequestFilter["outcome"]>(undefined);
  const [live, setLive] = useState(true);
  const [opened, setOpened] = useState<string | null>(null);
  const requests = useQuery(requestsQuery({ surface: surface === "" ? undefined : surface, outcome }, live));
  return (
    <Page
      title="Requests"
      intro="What reached the platform, on which surface, by which key, and what was decided. The newest are on top; the platform remembers the last 10 000."
      actions={
        <Switch
          label="Live"
          checked={live}
          onChange={(event) => setLive(event.currentTarget.checked)}
          description="Every 2 seconds"
        />
      }
    >
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Surface"
          value={surface}
          onChange={(event) => setSurface(event.currentTarget.value)}
          data={[{ value: "", label: "All but the console" }, ...SURFACES.map((value) => ({ value, label: value }))]}
        />
        <NativeSelect
          label="Decision"
          value={outcome ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setOutcome(value === "allowed" || value === "refused" ? value : undefined)
          }
          data={[
            { value: "", label: "All" },
            { value: "allowed", label: "Allowed" },
            { value: "refused", label: "Refused" },
          ]}
        />
      </Group>
      {requests.error ? (
        <ErrorNotice error={requests.error} retry={() => void requests.refetch()} />
      ) : requests.isPending ? (
        <Loading what="the requests" />
      ) : (
        <>
          <RecordTable
            caption="Requests"
            keyOf={({ id }) => id}
            records={requests.data}
            empty="Nothing yet. Send a request with any client; it appears here."
            columns={[...COLUMNS, openColumn(setOpened)]}
          />
          {requests.data.length === LISTED && (
            <Text size="xs" mt="xs">
              Only the newest {LISTED} are listed; choose a surface or a decision to see older ones.
            </Text>
          )}
        </>
      )}
      {opened !== null && <RequestDetail id={opened} close={() => setOpened(null)} />}
    </Page>
  );
}

const COLUMNS: readonly Column<ReceivedRequest>[] = [
  { label: "Time", oneLine: true, cell: ({ at }) => <time dateTime={at}>{TIME.format(new Date(at))}</time> },
  {
    label: "Request",
    cell: ({ surface, operation }) => (
      <Stack gap={2}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {operation}
        </Text>
        <Text size="xs">{surface}</Text>
      </Stack>
    ),
  },
  {
    label: "By",
    cell: ({ user, key }) => (
      <Stack gap={2}>
        <Text size="sm">{user?.name ?? "Nobody known"}</Text>
        {key && (
          <Text size="xs">
            {key.name} <Code style={{ whiteSpace: "nowrap" }}>{key.redacted_key}</Code>
          </Text>
        )}
      </Stack>
    ),
  },
  { label: "Decision", cell: ({ status }) => <StatusBadge status={status} /> },
  { label: "Took", oneLine: true, cell: ({ milliseconds }) => `${milliseconds} ms` },
  {
    label: "Size",
    oneLine: true,
    cell: ({ request_bytes, rows }) =>
      `${sizeOf(request_bytes)}${rows === null ? "" : ` · ${rows.toLocaleString()} rows`}`,
  },
];

const openColumn = (open: (id: string) => void): Column<ReceivedRequest> => ({
  label: "Details",
  hidden: true,
  cell: ({ id, operation, at }) => (
    <Button
      size="xs"
      variant="default"
      aria-label={`Open ${operation} of ${TIME.format(new Date(at))}`}
      onClick={() => open(id)}
    >
      Open
    </Button>
  ),
});

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
