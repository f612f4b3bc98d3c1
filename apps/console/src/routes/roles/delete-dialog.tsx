import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Role } from "@axlab/wire/rest";
import { deleteRole, rolesKey } from "../../api/roles.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";

/** Says who loses what before a role is deleted. */
export function DeleteDialog({ role, bound, close }: { role: Role; bound: readonly string[]; close: () => void }) {
  const deletion = useDeed(deleteRole, rolesKey, close);
  return (
    <Modal opened onClose={close} title={`Delete ${role.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Text size="sm">
          {bound.length === 0
            ? "Nobody that you can see is bound to this role."
            : `From the next request on these hold nothing by it any more: ${bound.join("; ")}.`}{" "}
          Service keys made with this role lose it, too. This cannot be undone.
        </Text>
        {deletion.error !== null && <ErrorNotice error={deletion.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red.9" loading={deletion.busy} onClick={() => deletion.run(role.id)}>
            Delete {role.name}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
