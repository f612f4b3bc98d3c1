import { Checkbox, Stack, Text } from "@mantine/core";
import type { Principal } from "@axlab/auth";
import type { Place } from "../../../api/places.js";
import { whyNotSpace } from "../standing.js";

interface Props {
  places: readonly Place[];
  principal: Principal;
  /** ids */
  chosen: readonly string[];
  change: (ids: string[]) => void;
}

/** The spaces of every organization that the person sees; those in which they may make no service keys say why. */
export function SpaceChoice({ places, principal, chosen, change }: Props) {
  return (
    <Checkbox.Group
      label="Spaces"
      description="Of one organization or of several; at least one"
      withAsterisk
      value={[...chosen]}
      onChange={change}
    >
      <Stack gap="sm" mt="xs">
        {places
          .filter(({ spaces }) => spaces.length > 0)
          .map(({ id, name, spaces }) => (
            <Stack key={id} gap="xs" role="group" aria-label={`Spaces of ${name}`}>
              <Text size="xs" fw={600} c="dimmed">
                {name}
              </Text>
              {spaces.map((space) => {
                const why = whyNotSpace(principal, space);
                return (
                  <Checkbox
                    key={space.id}
                    value={space.id}
                    label={space.is_private ? `${space.name} (private)` : space.name}
                    disabled={why !== null}
                    description={why}
                  />
                );
              })}
            </Stack>
          ))}
      </Stack>
    </Checkbox.Group>
  );
}
