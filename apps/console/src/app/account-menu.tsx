import { Avatar, Button, Menu, Text, VisuallyHidden } from "@mantine/core";
import type { ConsolePerson, SignedIn } from "@axlab/wire/console";
import { IconChevronDown, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useSignIn, useSignOut } from "../api/session.js";
import { ACCOUNT_ROLES } from "../components/role-names.js";

/** Who is signed in; switching to somebody else of the demo; signing out. */
export function AccountMenu({ signedIn, people }: { signedIn: SignedIn; people: readonly ConsolePerson[] }) {
  const signIn = useSignIn();
  const signOut = useSignOut();
  const { person, account, grants } = signedIn;
  const others = people.filter(({ id }) => id !== person.id);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<Avatar size={26} name={person.name} color="indigo" variant="filled" aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <VisuallyHidden>Account menu of {person.name}</VisuallyHidden>
          <Text span size="sm" visibleFrom="xs" aria-hidden>
            {person.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {person.name}
          </Text>
          <Text size="xs">{person.email}</Text>
          <Text size="xs">
            {ACCOUNT_ROLES[grants.account_role]} of {account.name}
          </Text>
        </Menu.Label>
        {others.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Switch person</Menu.Label>
            {others.map(({ id, name }) => (
              <Menu.Item
                key={id}
                leftSection={<IconUserCircle size={16} aria-hidden />}
                onClick={() => signIn.mutate({ user_id: id })}
              >
                {name}
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
