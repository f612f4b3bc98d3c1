import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import type { Space } from "@axlab/wire/rest";
import { useState, type FormEvent } from "react";
import { createProject, projectsKey } from "../../api/projects.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";

export function ProjectDialog({ space, close }: { space: Space; close: () => void }) {
  const [name, setName] = useState("");
  const creation = useDeed((wanted: string) => createProject(wanted, space.id), projectsKey, close);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    creation.run(name);
  };
  return (
    <Modal opened onClose={close} title={`New project in ${space.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="sm">Spans and records that are sent with this name are found in it.</Text>
          {creation.error !== null && <ErrorNotice error={creation.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.busy}>
              Create project
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
