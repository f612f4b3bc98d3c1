import { Checkbox, Fieldset, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { Permission } from "@axlab/auth";
import { Fragment, useState, type ReactNode } from "react";
import { groupedPermissions } from "../../api/decisions.js";

interface Props {
  chosen: ReadonlySet<Permission>;
  /** null: to look at only */
  choose: ((chosen: ReadonlySet<Permission>) => void) | null;
}

const GROUPS = groupedPermissions();

/** Every permission under what it is about. A category can be chosen as a whole. */
export function PermissionPicker({ chosen, choose }: Props) {
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toUpperCase().replaceAll(" ", "_");
  const groups = GROUPS.map(({ group, items }) => ({
    group,
    items: items.filter((item) => item.includes(wanted) && (choose !== null || chosen.has(item))),
  })).filter(({ items }) => items.length > 0);
  const change = (items: readonly Permission[], on: boolean): void => {
    const next = new Set(chosen);
    for (const item of items)
      if (on) next.add(item);
      else next.delete(item);
    choose?.(next);
  };
  return (
    <Stack gap="sm">
      <TextInput
        label="Find a permission"
        placeholder="dataset"
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      <Text size="sm" role="status">
        {chosen.size === 1 ? "1 permission" : `${chosen.size} permissions`}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {groups.map(({ group, items }) => (
          <Fieldset key={group} legend={group} p="sm">
            <Stack gap="xs">
              {choose !== null && items.length > 1 && (
                <Checkbox
                  label={`All of ${group}`}
                  checked={items.every((item) => chosen.has(item))}
                  indeterminate={items.some((item) => chosen.has(item)) && !items.every((item) => chosen.has(item))}
                  onChange={(event) => change(items, event.currentTarget.checked)}
                />
              )}
              {items.map((item) => (
                <Checkbox
                  key={item}
                  label={breaking(item)}
                  ml={choose !== null && items.length > 1 ? "md" : 0}
                  styles={{ label: { overflowWrap: "anywhere" } }}
                  checked={chosen.has(item)}
                  disabled={choose === null}
                  onChange={(event) => change([item], event.currentTarget.checked)}
                />
              ))}
            </Stack>
          </Fieldset>
        ))}
      </SimpleGrid>
      {groups.length === 0 && <Text size="sm">No permission matches.</Text>}
    </Stack>
  );
}

/** Where it is too long for a line, it is broken between its words. */
const breaking = (permission: Permission): ReactNode =>
  permission.split(/(?<=_)/).map((word, index) => (
    <Fragment key={index}>
      {word}
      <wbr />
    </Fragment>
  ));
