import { Button, Group, Stack, Text } from "@mantine/core";
import { decide, type Principal } from "@axlab/auth";
import { useState } from "react";
import { liftRestriction, projectsKey, restrictProject, type PlacedProject } from "../../api/projects.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { GuardedButton } from "../../components/guarded-button.js";
import { RecordTable } from "../../components/record-table.js";
import { PeopleDialog } from "./people-dialog.js";

interface Props {
  caption: string;
  projects: readonly PlacedProject[];
  principal: Principal;
}

/** Projects with who reaches them. */
export function ProjectsTable({ caption, projects, principal }: Props) {
  const [shown, setShown] = useState<string | null>(null);
  const restriction = useDeed(
    async ({ id, isRestricted }: PlacedProject): Promise<void> => {
      await (isRestricted ? liftRestriction(id) : restrictProject(id));
    },
    projectsKey,
    () => undefined,
  );
  /** null: the platform knows */
  const mayRestrict = ({ ref }: PlacedProject): boolean | null =>
    ref === null ? null : decide(principal, "PROJECT_RESTRICT", ref).allowed;
  const project = projects.find(({ id }) => id === shown);
  return (
    <Stack gap="xs">
      {restriction.error !== null && <ErrorNotice error={restriction.error} />}
      <RecordTable
        caption={caption}
        keyOf={({ id }) => id}
        records={projects}
        empty="No project that you may see is here."
        columns={[
          {
            label: "Project",
            cell: ({ name }) => (
              <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                {name}
              </Text>
            ),
          },
          {
            label: "Who reaches it",
            cell: (record) => (
              <Text size="sm">
                {record.isRestricted
                  ? "Restricted: admins and people bound on it"
                  : mayRestrict(record) === true
                    ? "Everybody with a role in the space"
                    : "You, at least"}
              </Text>
            ),
          },
          {
            label: "Actions",
            hidden: true,
            cell: (record) => (
              <Group gap="xs" justify="flex-end" align="flex-start">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`People of ${record.name}`}
                  onClick={() => setShown(record.id)}
                >
                  People
                </Button>
                <GuardedButton
                  label={`${record.isRestricted ? "Lift restriction of" : "Restrict"} ${record.name}`}
                  locked={mayRestrict(record) === false ? "Only an admin may restrict it." : null}
                  busy={restriction.busy}
                  onClick={() => restriction.run(record)}
                >
                  {record.isRestricted ? "Lift restriction" : "Restrict"}
                </GuardedButton>
              </Group>
            ),
          },
        ]}
      />
      {project && <PeopleDialog project={project} principal={principal} close={() => setShown(null)} />}
    </Stack>
  );
}
