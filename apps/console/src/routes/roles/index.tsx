import { Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { decide } from "@axlab/auth";
import type { Role, RoleBinding } from "@axlab/wire/rest";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBindablePlaces } from "../../api/bindable-places.js";
import { peopleQuery } from "../../api/people.js";
import { roleBindingsQuery } from "../../api/role-bindings.js";
import { rolesQuery } from "../../api/roles.js";
import { principalOf, useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { RecordTable } from "../../components/record-table.js";
import { RoleBindings } from "../../components/role-bindings.js";
import { roleColumns } from "./columns.js";
import { DeleteDialog } from "./delete-dialog.js";
import { RoleDialog } from "./role-dialog.js";

type Opened = { kind: "new" } | { kind: "look" | "bind" | "delete"; role: Role };

const ADMINS_ONLY = "Only an account admin may make and change roles.";

/** The roles that can be given: the account's own ones, and those that every account has. */
export function RolesPage() {
  const signedIn = useSignedIn();
  const principal = principalOf(signedIn);
  const mayChange = decide(principal, "ACCOUNT_ADMIN", { type: "account", accountId: signedIn.account.id }).allowed;
  const roles = useQuery(rolesQuery);
  const bindings = useQuery(roleBindingsQuery);
  const people = useQuery(peopleQuery);
  const places = useBindablePlaces(signedIn.account.id);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  const bound = (role: Role): string[] => {
    const held = (bindings.data ?? []).filter(({ role_id }) => role_id === role.id);
    return held.map((binding) => `${personOf(binding)} on ${placeOf(binding)}`);
  };
  const personOf = ({ user_id }: RoleBinding): string =>
    people.data?.find(({ id }) => id === user_id)?.name ?? "a service key";
  const placeOf = ({ resource_id, resource_type }: RoleBinding): string =>
    places.data?.find(({ id }) => id === resource_id)?.label ?? `a ${resource_type.toLowerCase()} hidden from you`;
  const failed = roles.error ?? bindings.error ?? people.error ?? places.error;
  const loaded = roles.data && bindings.data && people.data && places.data;
  const columns = (custom: boolean) =>
    roleColumns({
      bound,
      look: (role) => setOpened({ kind: "look", role }),
      bind: custom ? (role) => setOpened({ kind: "bind", role }) : null,
      remove: custom && mayChange ? (role) => setOpened({ kind: "delete", role }) : null,
      edits: custom && mayChange,
    });
  return (
    <Page
      title="Roles"
      intro="A role is a named set of permissions. Custom roles are given to a person on one space or project; managed roles come with membership, and project roles are bound on projects."
      actions={
        <Stack gap={4} align="flex-end">
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={!mayChange}
            onClick={() => setOpened({ kind: "new" })}
          >
            New role
          </Button>
          {!mayChange && <Text size="xs">{ADMINS_ONLY}</Text>}
        </Stack>
      }
    >
      {failed ? (
        <ErrorNotice
          error={failed}
          retry={() => void Promise.all([roles.refetch(), bindings.refetch(), people.refetch()])}
        />
      ) : !loaded ? (
        <Loading what="the roles" />
      ) : (
        [true, false].map((custom) => (
          <Stack key={String(custom)} gap="xs">
            <Title order={2} size="h4">
              {custom ? "Custom roles" : "Managed roles"}
            </Title>
            <RecordTable
              caption={custom ? "Custom roles" : "Managed roles"}
              keyOf={({ id }) => id}
              records={roles.data.filter(({ is_predefined }) => is_predefined !== custom)}
              empty="No custom role has been made yet."
              columns={columns(custom)}
            />
          </Stack>
        ))
      )}
      {(opened?.kind === "new" || opened?.kind === "look") && (
        <RoleDialog
          role={opened.kind === "new" ? null : opened.role}
          locked={lockedOf(opened, mayChange)}
          models={roles.data ?? []}
          close={close}
        />
      )}
      {opened?.kind === "delete" && <DeleteDialog role={opened.role} bound={bound(opened.role)} close={close} />}
      {opened?.kind === "bind" && loaded && (
        <Modal
          opened
          onClose={close}
          title={`Who is bound to ${opened.role.name}`}
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <RoleBindings
            principal={principal}
            bindings={bindings.data}
            people={people.data}
            roles={[opened.role]}
            places={places.data}
          />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              Done
            </Button>
          </Group>
        </Modal>
      )}
    </Page>
  );
}

function lockedOf(opened: Opened, mayChange: boolean): string | null {
  if (opened.kind !== "new" && opened.role.is_predefined)
    return "A managed role, the same in every account. A role of your own can begin with its permissions.";
  return mayChange ? null : ADMINS_ONLY;
}
