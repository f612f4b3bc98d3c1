import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { decide, type Principal } from "@axlab/auth";
import type { Space } from "@axlab/wire/rest";
import { useState } from "react";
import type { Place, PlacedSpace } from "../../api/places.js";
import type { PlacedProject } from "../../api/projects.js";
import { GuardedButton } from "../../components/guarded-button.js";
import { ProjectDialog } from "./project-dialog.js";
import { ProjectsTable } from "./projects-table.js";
import { SpaceDialog } from "./space-dialog.js";

interface Props {
  organization: Place;
  projects: readonly PlacedProject[];
  principal: Principal;
}

type Opened = { kind: "new space" } | { kind: "edit space" | "new project"; space: Space };

/** An organization with its spaces and their projects. */
export function OrganizationSection({ organization, projects, principal }: Props) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  return (
    <Stack component="section" gap="lg" aria-label={`Organization ${organization.name}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Title order={2} size="h3">
          {organization.name}
        </Title>
        <GuardedButton
          label={`New space in ${organization.name}`}
          locked={
            decide(principal, "SPACE_CREATE", organization.ref).allowed
              ? null
              : "Only a member or an admin of the organization may make spaces."
          }
          onClick={() => setOpened({ kind: "new space" })}
        >
          New space
        </GuardedButton>
      </Group>
      {organization.spaces.length === 0 && <Text size="sm">No space that you may see is here.</Text>}
      {organization.spaces.map((space) => (
        <Stack key={space.id} component="section" gap="xs" aria-label={`Space ${space.name}`}>
          <SpaceHeading
            space={space}
            principal={principal}
            edit={() => setOpened({ kind: "edit space", space })}
            addProject={() => setOpened({ kind: "new project", space })}
          />
          <ProjectsTable
            caption={`Projects of ${space.name}`}
            projects={projects.filter(({ space_id }) => space_id === space.id)}
            principal={principal}
          />
        </Stack>
      ))}
      {opened?.kind === "new space" && <SpaceDialog organization={organization} space={null} close={close} />}
      {opened?.kind === "edit space" && <SpaceDialog organization={organization} space={opened.space} close={close} />}
      {opened?.kind === "new project" && <ProjectDialog space={opened.space} close={close} />}
    </Stack>
  );
}

interface HeadingProps {
  space: PlacedSpace;
  principal: Principal;
  edit: () => void;
  addProject: () => void;
}

function SpaceHeading({ space, principal, edit, addProject }: HeadingProps) {
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <div style={{ flex: "1 1 12rem" }}>
        <Group gap="xs">
          <Title order={3} size="h4" style={{ overflowWrap: "anywhere" }}>
            {space.name}
          </Title>
          <Badge variant="outline" color={space.is_private ? "orange" : "teal"} tt="none">
            {space.is_private ? "Private" : "Public"}
          </Badge>
        </Group>
        {space.description !== "" && <Text size="sm">{space.description}</Text>}
      </div>
      <Group gap="xs" align="flex-start">
        <GuardedButton
          label={`Edit ${space.name}`}
          locked={decide(principal, "SPACE_UPDATE", space.ref).allowed ? null : "Only a space admin may change it."}
          onClick={edit}
        >
          Edit
        </GuardedButton>
        <GuardedButton
          label={`New project in ${space.name}`}
          locked={decide(principal, "PROJECT_CREATE", space.ref).allowed ? null : "You may not write here."}
          onClick={addProject}
        >
          New project
        </GuardedButton>
      </Group>
    </Group>
  );
}
