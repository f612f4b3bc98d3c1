import { NativeSelect, Stack, Switch, Text } from "@mantine/core";
import type { Principal } from "@axlab/auth";
import type { PlacedSpace } from "../../../api/places.js";
import { SPACE_ROLES } from "../../../components/role-names.js";
import { whyNotSpaceRole, type KeySpaceRole } from "../standing.js";
import { spaceRoleOf, type Draft } from "./draft.js";
import { RoleChoice } from "./role-choice.js";

const ROLES: readonly KeySpaceRole[] = ["ADMIN", "MEMBER", "READ_ONLY"];

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** those that are chosen */
  spaces: readonly PlacedSpace[];
  principal: Principal;
}

/** One role for all spaces of the key, or with several spaces one for each. */
export function SpaceRoles({ draft, change, spaces, principal }: Props) {
  const apart = draft.spaceRoles !== null && spaces.length > 1;
  return (
    <Stack gap="sm">
      {apart ? (
        <Stack gap="xs" role="group" aria-label="Space Roles">
          {spaces.map((space) => (
            <RoleInSpace
              key={space.id}
              space={space}
              principal={principal}
              value={spaceRoleOf(draft, space.id)}
              change={(role) => change({ spaceRoles: { ...draft.spaceRoles, [space.id]: role } })}
            />
          ))}
        </Stack>
      ) : (
        <RoleChoice
          label="Space Role"
          description="What the key may do in each of its spaces"
          value={draft.spaceRole}
          change={(spaceRole) => change({ spaceRole })}
          options={ROLES.map((role) => ({
            role,
            label: SPACE_ROLES[role],
            why: whyNotSpaceRole(principal, role, spaces),
          }))}
        />
      )}
      {spaces.length > 1 && (
        <Switch
          label="Another role in some spaces"
          checked={apart}
          onChange={(event) => change({ spaceRoles: event.currentTarget.checked ? {} : null })}
        />
      )}
    </Stack>
  );
}

interface RoleInSpaceProps {
  space: PlacedSpace;
  principal: Principal;
  value: KeySpaceRole;
  change: (role: KeySpaceRole) => void;
}

function RoleInSpace({ space, principal, value, change }: RoleInSpaceProps) {
  const options = ROLES.map((role) => ({
    value: role,
    label: SPACE_ROLES[role],
    why: whyNotSpaceRole(principal, role, [space]),
  }));
  const why = options.find((option) => option.why !== null)?.why;
  const choose = (chosen: string): void => {
    const role = ROLES.find((one) => one === chosen);
    if (role !== undefined) change(role);
  };
  return (
    <div>
      <NativeSelect
        label={`Space Role in ${space.name}`}
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
        data={options.map((option) => ({ ...option, disabled: option.why !== null }))}
      />
      {why !== undefined && why !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {why}
        </Text>
      )}
    </div>
  );
}
