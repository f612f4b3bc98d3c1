import { NavLink, Text } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { NAVIGATION } from "./navigation.js";

export function Menu({ onNavigate }: { onNavigate: () => void }) {
  const { pathname } = useLocation();
  return NAVIGATION.map(({ heading, entries }) => (
    <div key={heading} role="group" aria-label={heading}>
      <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
        {heading}
      </Text>
      {entries.map(({ path, label, icon: Icon }) => (
        <NavLink
          key={path}
          component={Link}
          to={path}
          label={label}
          leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
          active={pathname.startsWith(path)}
          aria-current={pathname.startsWith(path) ? "page" : undefined}
          onClick={onNavigate}
        />
      ))}
    </div>
  ));
}
