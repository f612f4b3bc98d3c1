import { isPermission, type Principal } from "@axlab/auth";
import { ConsoleSession, type SignedIn, type SignInRequest } from "@axlab/wire/console";
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { ask, tell } from "./http.js";

const PATH = "/console/session";

export const sessionKey = ["session"] as const;

/** Looked at again whenever the window is, so that a role that was taken away is noticed on an open page. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: ({ signal }) => ask(PATH, ConsoleSession, { signal }),
  staleTime: 2_000,
  refetchOnWindowFocus: "always",
  refetchInterval: 15_000,
});

/** Who is signed in. Only for what the shell shows to people who are. */
export function useSignedIn(): SignedIn {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data.signed_in === null) throw new TypeError("This page is shown to people who are signed in.");
  return data.signed_in;
}

/** Signs in, also in place of somebody else: what was read as that person is forgotten. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignInRequest) => ask(PATH, ConsoleSession, { method: "POST", body }),
    onSuccess: (session) => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      client.setQueryData(sessionKey, session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => tell(PATH, { method: "DELETE" }),
    onSettled: async () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      await client.invalidateQueries({ queryKey: sessionKey });
    },
  });
}

/** The person as `@axlab/auth` knows people, so that a page offers exactly what the platform would allow. */
export function principalOf({ person, account, grants }: SignedIn): Principal {
  const bindings = new Map<
    string,
    Principal["grants"]["bindings"] extends ReadonlyMap<string, infer List> ? List : never
  >();
  for (const binding of grants.bindings)
    bindings.set(binding.resource_id, [
      ...(bindings.get(binding.resource_id) ?? []),
      {
        bindingId: binding.id,
        roleId: binding.role_id,
        roleName: binding.role_name,
        permissions: new Set(binding.permissions.filter(isPermission)),
      },
    ]);
  return {
    kind: "human",
    userId: person.id,
    accountId: account.id,
    name: person.name,
    developerAccess: person.is_developer,
    grants: {
      accountRole: grants.account_role,
      organizationRoles: new Map(grants.organizations.map(({ id, role }) => [id, role])),
      spaceRoles: new Map(grants.spaces.map(({ id, role }) => [id, role])),
      bindings,
    },
  };
}
