import { Radio, Stack } from "@mantine/core";

interface Props<Role extends string> {
  label: string;
  description: string;
  options: readonly {
    role: Role;
    label: string;
    /** why it cannot be chosen; null when it can */ why: string | null;
  }[];
  value: Role;
  change: (role: Role) => void;
}

/** Roles to choose from. One above the person's own stands there too, with the reason why it cannot be chosen. */
export function RoleChoice<Role extends string>({ label, description, options, value, change }: Props<Role>) {
  const choose = (chosen: string): void => {
    const option = options.find(({ role }) => role === chosen);
    if (option !== undefined) change(option.role);
  };
  return (
    <Radio.Group label={label} description={description} value={value} onChange={choose}>
      <Stack gap="xs" mt="xs">
        {options.map(({ role, label: name, why }) => (
          <Radio key={role} value={role} label={name} disabled={why !== null} description={why} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
