import { Button, Group, Stack, Text } from "@mantine/core";
import type { Role } from "@axlab/wire/rest";
import type { Column } from "../../components/record-table.js";

interface Choices {
  /** who holds the role, and where */
  bound: (role: Role) => readonly string[];
  look: (role: Role) => void;
  bind: ((role: Role) => void) | null;
  remove: ((role: Role) => void) | null;
  /** looking is editing */
  edits: boolean;
}

export const roleColumns = ({ bound, look, bind, remove, edits }: Choices): Column<Role>[] => [
  {
    label: "Role",
    cell: ({ name, description }) => (
      <Stack gap={2}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {name}
        </Text>
        {description !== undefined && <Text size="xs">{description}</Text>}
      </Stack>
    ),
  },
  { label: "Permissions", cell: ({ permissions }) => <Text size="sm">{permissions.length}</Text> },
  {
    label: "Bound",
    cell: (role) => {
      const held = bound(role);
      if (held.length === 0) return <Text size="sm">–</Text>;
      return (
        <Stack gap={2}>
          {held.map((text, index) => (
            <Text key={index} size="sm" style={{ overflowWrap: "anywhere" }}>
              {text}
            </Text>
          ))}
        </Stack>
      );
    },
  },
  {
    label: "Actions",
    hidden: true,
    cell: (role) => (
      <Group gap="xs" justify="flex-end">
        <Button
          size="xs"
          variant="default"
          aria-label={`${edits ? "Edit" : "Look at"} ${role.name}`}
          onClick={() => look(role)}
        >
          {edits ? "Edit" : "Look at"}
        </Button>
        {bind && (
          <Button size="xs" variant="default" aria-label={`Bind people to ${role.name}`} onClick={() => bind(role)}>
            Bind
          </Button>
        )}
        {remove && (
          <Button
            size="xs"
            variant="default"
            c="var(--mantine-color-error)"
            aria-label={`Delete ${role.name}`}
            onClick={() => remove(role)}
          >
            Delete
          </Button>
        )}
      </Group>
    ),
  },
];
