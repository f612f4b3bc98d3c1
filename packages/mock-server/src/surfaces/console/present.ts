import type { Principal } from "@axlab/auth";
import { formatTimestamp } from "@axlab/wire";
import type { ConsoleGrants, SignedIn } from "@axlab/wire/console";
import type { Session } from "../../domain/sessions/sessions.js";

export const presentSession = ({ principal, user, account, expiresAt }: Session): SignedIn => ({
  person: { id: user.id, name: user.name, email: user.email ?? "", is_developer: principal.developerAccess },
  account: { id: account.id, name: account.name, developer_lock: account.developer_lock === 1 },
  grants: presentGrants(principal),
  expires_at: formatTimestamp(expiresAt),
});

const presentGrants = ({ grants }: Principal): ConsoleGrants => ({
  account_role: grants.accountRole,
  organizations: [...grants.organizationRoles].map(([id, role]) => ({ id, role })),
  spaces: [...grants.spaceRoles].map(([id, role]) => ({ id, role })),
  bindings: [...grants.bindings].flatMap(([resource_id, bindings]) =>
    bindings.map(({ bindingId, roleId, roleName, permissions }) => ({
      id: bindingId,
      resource_id,
      role_id: roleId,
      role_name: roleName,
      permissions: [...permissions],
    })),
  ),
});
