import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import type { User } from "@axlab/wire/rest";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { serviceKeysQuery, userKeysQuery } from "../../api/api-keys.js";
import { membershipsKey, removePerson } from "../../api/members.js";
import { peopleKey } from "../../api/people.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";

/** Says what will stop working, and what will not, before somebody is removed. */
export function RemoveDialog({ person, close }: { person: User; close: () => void }) {
  const client = useQueryClient();
  const own = useQuery(userKeysQuery("ACTIVE", person.id));
  const service = useQuery(serviceKeysQuery("ACTIVE"));
  const made = (service.data ?? []).filter(({ creator }) => creator?.id === person.id);
  const removal = useDeed(removePerson, peopleKey, () => {
    void client.invalidateQueries({ queryKey: membershipsKey });
    close();
  });
  return (
    <Modal opened onClose={close} title={`Remove ${person.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Text size="sm">
          {person.name} leaves the account with every membership and role. This takes effect at once and cannot be
          undone.
        </Text>
        {own.isPending || service.isPending ? (
          <Loading what="the keys" />
        ) : (
          <List size="sm" spacing="xs" aria-label="What happens to keys">
            <List.Item>
              {own.data === undefined || own.data.length === 0
                ? `${person.name} has no user keys.`
                : `Stops working: the user ${own.data.length === 1 ? "key" : "keys"} ${names(own.data)}.`}
            </List.Item>
            <List.Item>
              {made.length === 0
                ? `${person.name} has made no service keys that you may see.`
                : `Keeps working: the service ${made.length === 1 ? "key" : "keys"} ${names(made)}, made by ${person.name}.`}
            </List.Item>
          </List>
        )}
        {removal.error !== null && <ErrorNotice error={removal.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red.9" loading={removal.busy} onClick={() => removal.run(person.id)}>
            Remove {person.name}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const names = (keys: readonly { name: string }[]): string => keys.map(({ name }) => `“${name}”`).join(", ");
