import { Accordion, Stack } from "@mantine/core";
import type { Principal } from "@axlab/auth";
import type { Place } from "../../../api/places.js";
import { ACCOUNT_ROLES, ORGANIZATION_ROLES } from "../../../components/role-names.js";
import { whyNotAccountRole, whyNotOrganizationRole } from "../standing.js";
import { chosenPlaces, type Draft } from "./draft.js";
import { RoleChoice } from "./role-choice.js";
import { SpaceChoice } from "./space-choice.js";
import { SpaceRoles } from "./space-roles.js";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  places: readonly Place[];
  principal: Principal;
}

/** What a service key holds: a role in its spaces, and under Advanced those in their organizations and in the account. */
export function ServiceKeyFields({ draft, change, places, principal }: Props) {
  const chosen = chosenPlaces(draft, places);
  const spaces = chosen.flatMap((place) => place.spaces);
  return (
    <Stack gap="md">
      <SpaceChoice
        places={places}
        principal={principal}
        chosen={draft.spaces}
        change={(ids) => change({ spaces: ids })}
      />
      <SpaceRoles draft={draft} change={change} spaces={spaces} principal={principal} />
      <Accordion variant="contained" order={3}>
        <Accordion.Item value="advanced">
          <Accordion.Control>Advanced</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              <RoleChoice
                label="Org Role"
                description="In the organizations around its spaces"
                value={draft.organizationRole}
                change={(organizationRole) => change({ organizationRole })}
                options={(["ADMIN", "MEMBER", "READ_ONLY"] as const).map((role) => ({
                  role,
                  label: ORGANIZATION_ROLES[role],
                  why: whyNotOrganizationRole(principal, role, chosen),
                }))}
              />
              <RoleChoice
                label="Account Role"
                description="In the account as a whole; an Admin key may do everything everywhere"
                value={draft.accountRole}
                change={(accountRole) => change({ accountRole })}
                options={(["ADMIN", "MEMBER"] as const).map((role) => ({
                  role,
                  label: ACCOUNT_ROLES[role],
                  why: whyNotAccountRole(principal, role),
                }))}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
