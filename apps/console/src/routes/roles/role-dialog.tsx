import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import type { Permission } from "@axlab/auth";
import type { CreateRoleRequest, Role } from "@axlab/wire/rest";
import { useState, type FormEvent } from "react";
import { createRole, rolesKey, updateRole } from "../../api/roles.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { PermissionPicker } from "./permission-picker.js";

interface Props {
  /** null: a new one */
  role: Role | null;
  /** why it cannot be changed; null when it can */
  locked: string | null;
  /** whose permissions a new role may begin with */
  models: readonly Role[];
  close: () => void;
}

/** A role with its permissions: to make, to change, or only to look at. */
export function RoleDialog({ role, locked, models, close }: Props) {
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const save = useDeed(
    (body: CreateRoleRequest) => (role === null ? createRole(body) : updateRole(role.id, body)),
    rolesKey,
    close,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.run({ name, description, permissions: [...chosen] });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={role === null ? "New role" : `Role ${role.name}`}
      size="xl"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {locked !== null ? (
            <>
              <Text size="sm">{locked}</Text>
              {role?.description !== undefined && <Text size="sm">{role.description}</Text>}
            </>
          ) : (
            <>
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
              {role === null && (
                <NativeSelect
                  label="Begin with the permissions of"
                  onChange={({ currentTarget: { value } }) =>
                    setChosen(new Set(models.find(({ id }) => id === value)?.permissions))
                  }
                  data={[
                    { value: "", label: "no role" },
                    ...models.map((model) => ({ value: model.id, label: model.name })),
                  ]}
                />
              )}
            </>
          )}
          <PermissionPicker chosen={chosen} choose={locked === null ? setChosen : null} />
          {save.error !== null && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            {locked === null && chosen.size === 0 && <Text size="xs">Choose at least one permission.</Text>}
            <Button variant="default" onClick={close}>
              {locked === null ? "Cancel" : "Close"}
            </Button>
            {locked === null && (
              <Button type="submit" loading={save.busy} disabled={chosen.size === 0}>
                {role === null ? "Create role" : "Save role"}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
