import {
  IconActivity,
  IconDatabase,
  IconHistory,
  IconKey,
  IconLayoutGrid,
  IconShieldCheck,
  IconTestPipe,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";

interface Entry {
  path: string;
  label: string;
  icon: Icon;
}

/** What the menu lists, in its order. A page stands here and in `router.tsx`. */
export const NAVIGATION: readonly { heading: string; entries: readonly Entry[] }[] = [
  {
    heading: "Settings",
    entries: [
      { path: "/settings/api-keys", label: "API Keys", icon: IconKey },
      { path: "/settings/members", label: "Members", icon: IconUsers },
      { path: "/settings/roles", label: "Roles", icon: IconShieldCheck },
      { path: "/settings/spaces", label: "Spaces & projects", icon: IconLayoutGrid },
      { path: "/settings/audit-log", label: "Audit log", icon: IconHistory },
    ],
  },
  {
    heading: "Look inside",
    entries: [
      { path: "/data", label: "Data", icon: IconDatabase },
      { path: "/requests", label: "Requests", icon: IconActivity },
      { path: "/try-a-key", label: "Try a key", icon: IconTestPipe },
    ],
  },
];
