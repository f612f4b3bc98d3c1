import { Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import type { ApiKey } from "@axlab/wire/rest";
import { Instant } from "../../components/instant.js";
import type { Column } from "../../components/record-table.js";

export interface Actions<K extends ApiKey> {
  refresh: (key: K) => void;
  revoke: (key: K) => void;
}

export const nameColumn: Column<ApiKey> = {
  label: "Key",
  cell: ({ name, description, redacted_key }) => (
    <Stack gap={2}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      {description !== undefined && description !== "" && <Text size="xs">{description}</Text>}
      <Code>{redacted_key}</Code>
    </Stack>
  ),
};

/** When it was made, used, and ends, and what it is now. */
export const lifeColumns: readonly Column<ApiKey>[] = [
  { label: "Created", cell: ({ created_at }) => <Instant at={created_at} absent="" /> },
  { label: "Last used", cell: ({ last_used_at }) => <Instant at={last_used_at} absent="Never" /> },
  { label: "Expires", cell: ({ expires_at }) => <Instant at={expires_at} absent="Never" /> },
  { label: "Status", cell: (key) => <Status apiKey={key} /> },
];

function Status({ apiKey: { status, expires_at } }: { apiKey: ApiKey }) {
  if (status === "REVOKED")
    return (
      <Badge color="gray" variant="dot">
        Revoked
      </Badge>
    );
  if (expires_at !== undefined && Date.parse(expires_at) <= Date.now())
    return (
      <Badge color="orange" variant="dot">
        Expired
      </Badge>
    );
  return (
    <Badge color="teal" variant="dot">
      Active
    </Badge>
  );
}

export const actionsColumn = <K extends ApiKey>({ refresh, revoke }: Actions<K>): Column<K> => ({
  label: "Actions",
  hidden: true,
  cell: (key) =>
    key.status === "ACTIVE" && (
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        <Button size="xs" variant="default" aria-label={`Refresh ${key.name}`} onClick={() => refresh(key)}>
          Refresh
        </Button>
        <Button
          size="xs"
          variant="default"
          c="var(--mantine-color-error)"
          aria-label={`Revoke ${key.name}`}
          onClick={() => revoke(key)}
        >
          Revoke
        </Button>
      </Group>
    ),
});
