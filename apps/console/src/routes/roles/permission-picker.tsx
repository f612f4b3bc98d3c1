import { Checkbox, Fieldset, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { Permission } from "@axlab/auth";
import { Fragment, memo, useCallback, useState, type ReactNode } from "react";
import { groupedPermissions } from "../../api/decisions.js";

interface Props {
  chosen: ReadonlySet<Permission>;
  /** as `setState` does it; null: to look at only */
  choose: ((change: (before: ReadonlySet<Permission>) => ReadonlySet<Permission>) => void) | null;
}

const GROUPS = groupedPermissions();

/**
 * Every permission under what it is about. A category can be chosen as a whole. There are more than a hundred, so only those are drawn
 * again that change.
 */
export const PermissionPicker = memo(function PermissionPicker({ chosen, choose }: Props) {
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toUpperCase().replaceAll(" ", "_");
  const groups = GROUPS.map(({ group, items }) => ({
    group,
    items: items.filter((item) => item.includes(wanted) && (choose !== null || chosen.has(item))),
  })).filter(({ items }) => items.length > 0);
  const change = useCallback(
    (items: readonly Permission[], on: boolean): void =>
      choose?.((before) => {
        const next = new Set(before);
        for (const item of items)
          if (on) next.add(item);
          else next.delete(item);
        return next;
      }),
    [choose],
  );
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
                <Item
                  key={item}
                  permission={item}
                  indented={choose !== null && items.length > 1}
                  checked={chosen.has(item)}
                  change={choose === null ? null : change}
                />
              ))}
            </Stack>
          </Fieldset>
        ))}
      </SimpleGrid>
      {groups.length === 0 && <Text size="sm">No permission matches.</Text>}
    </Stack>
  );
});

interface ItemProps {
  permission: Permission;
  indented: boolean;
  checked: boolean;
  change: ((items: readonly Permission[], on: boolean) => void) | null;
}

const Item = memo(function Item({ permission, indented, checked, change }: ItemProps) {
  return (
    <Checkbox
      label={breaking(permission)}
      ml={indented ? "md" : 0}
      styles={{ label: { overflowWrap: "anywhere" } }}
      checked={checked}
      disabled={change === null}
      onChange={(event) => change?.([permission], event.currentTarget.checked)}
    />
  );
});

/** Where it is too long for a line, it is broken between its words. */
const breaking = (permission: Permission): ReactNode =>
  permission.split(/(?<=_)/).map((word, index) => (
    <Fragment key={index}>
      {word}
      <wbr />
    </Fragment>
  ));
