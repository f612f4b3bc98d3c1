import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { decide, MANAGED_ROLES, type Principal } from "@axlab/auth";
import { useQuery } from "@tanstack/react-query";
import { peopleQuery } from "../../api/people.js";
import type { PlacedProject } from "../../api/projects.js";
import { roleBindingsQuery } from "../../api/role-bindings.js";
import { rolesQuery } from "../../api/roles.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { RoleBindings } from "../../components/role-bindings.js";

const PROJECT_ROLES = new Set<string>(MANAGED_ROLES.filter(({ level }) => level === "project").map(({ name }) => name));

/** Who is bound on a project, with which role. */
export function PeopleDialog({
  project,
  principal,
  close,
}: {
  project: PlacedProject;
  principal: Principal;
  close: () => void;
}) {
  const people = useQuery(peopleQuery);
  const roles = useQuery(rolesQuery);
  const bindings = useQuery(roleBindingsQuery);
  const failed = people.error ?? roles.error ?? bindings.error;
  const told = project.ref !== null && decide(principal, "PROJECT_RESTRICT", project.ref).allowed;
  const bindable = roles.data?.filter(({ is_predefined, name }) => !is_predefined || PROJECT_ROLES.has(name));
  return (
    <Modal opened onClose={close} title={`People of ${project.name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Text size="sm">
          {project.isRestricted
            ? "It is restricted: only admins and the people bound here reach it."
            : `${told ? "Whoever" : "Unless it is restricted, whoever"} has a role in the space reaches it, too; a binding here may give more.`}
        </Text>
        {failed ? (
          <ErrorNotice error={failed} />
        ) : !people.data || !bindable || !bindings.data ? (
          <Loading what="the people" />
        ) : (
          <RoleBindings
            principal={principal}
            bindings={bindings.data}
            people={people.data}
            roles={bindable}
            places={[{ id: project.id, label: `project ${project.name}`, type: "PROJECT", ref: project.ref }]}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
