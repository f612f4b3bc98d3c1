import { Avatar, Button, Divider, Stack, Text } from "@mantine/core";
import type { ConsolePerson } from "@axlab/wire/console";

interface Props {
  people: readonly ConsolePerson[];
  busy: boolean;
  choose: (userId: string) => void;
}

/** Whom the demo knows; everybody knows its keys too, so it asks for no password. */
export function PeopleList({ people, busy, choose }: Props) {
  return (
    <Stack gap="xs" component="section" aria-label="People of the demo">
      <Text size="sm" fw={600}>
        This is the demo: choose who you are
      </Text>
      {people.map(({ id, name, email }) => (
        <Button
          key={id}
          variant="default"
          justify="flex-start"
          h="auto"
          py="xs"
          disabled={busy}
          leftSection={<Avatar size={32} name={name} color="indigo" variant="filled" aria-hidden />}
          onClick={() => choose(id)}
        >
          <div style={{ textAlign: "start" }}>
            <div>{name}</div>
            <Text size="xs" c="dimmed">
              {email}
            </Text>
          </div>
        </Button>
      ))}
      <Divider label="or" mt="xs" />
    </Stack>
  );
}
