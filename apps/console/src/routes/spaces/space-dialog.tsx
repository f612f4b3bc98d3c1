import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { Organization, Space } from "@axlab/wire/rest";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { placesKey } from "../../api/places.js";
import { sessionKey } from "../../api/session.js";
import { createSpace, updateSpace } from "../../api/spaces.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";

interface Props {
  organization: Organization;
  /** null: a new one */
  space: Space | null;
  close: () => void;
}

/** Makes a space, or changes its name, description or privacy. Whoever makes one may then do more, so the session is read again. */
export function SpaceDialog({ organization, space, close }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState(space?.name ?? "");
  const [description, setDescription] = useState(space?.description ?? "");
  const [isPrivate, setPrivate] = useState(space?.is_private ?? false);
  const save = useDeed(
    (body: { name: string; description: string; is_private: boolean }) =>
      space === null ? createSpace({ ...body, organization_id: organization.id }) : updateSpace(space.id, body),
    placesKey,
    () => {
      void client.invalidateQueries({ queryKey: sessionKey });
      close();
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.run({ name, description, is_private: isPrivate });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={space === null ? `New space in ${organization.name}` : `Space ${space.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            required
            maxLength={255}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            maxLength={1000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Checkbox
            label="Private"
            description={`Seen by admins and by people with a role in the space. A public one is open to everybody in ${organization.name}, with the role that they have there.`}
            checked={isPrivate}
            onChange={(event) => setPrivate(event.currentTarget.checked)}
          />
          {save.error !== null && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={save.busy}>
              {space === null ? "Create space" : "Save space"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
