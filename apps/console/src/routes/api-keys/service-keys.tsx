import { Alert, List, Stack, Text } from "@mantine/core";
import type { ServiceKey } from "@axlab/wire/console";
import type { ApiKeyStatus } from "@axlab/wire/rest";
import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { serviceKeysQuery } from "../../api/api-keys.js";
import { placesQuery } from "../../api/places.js";
import { principalOf, useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { RecordTable } from "../../components/record-table.js";
import { roleName } from "../../components/role-names.js";
import { actionsColumn, lifeColumns, nameColumn } from "./columns.js";
import { RefreshDialog, RevokeDialog } from "./dialogs.js";
import { Filter, matches } from "./filter.js";
import type { Secret } from "./secret-dialog.js";
import { whyNoKey, whyNoServiceKey } from "./standing.js";

/** The service keys of the spaces in which the person may read them. */
export function ServiceKeys({ show }: { show: (secret: Secret) => void }) {
  const signedIn = useSignedIn();
  const [search, setSearch] = useState("");
  const [status, setStatus] = useState<ApiKeyStatus>("ACTIVE");
  const [refreshing, setRefreshing] = useState<ServiceKey | null>(null);
  const [revoking, setRevoking] = useState<ServiceKey | null>(null);
  const keys = useQuery(serviceKeysQuery(status));
  const places = useQuery(placesQuery(signedIn.account.id));
  const obstacle = whyNoKey(signedIn) ?? (places.data ? whyNoServiceKey(principalOf(signedIn), places.data) : null);
  const shown = (keys.data ?? []).filter((key) => matches(search, textsOf(key)));
  return (
    <>
      {obstacle !== null && (
        <Alert mb="md" variant="light" icon={<IconInfoCircle aria-hidden />} title="You cannot create service keys">
          {obstacle}
        </Alert>
      )}
      <Filter search={search} setSearch={setSearch} status={status} setStatus={setStatus} />
      {keys.error ? (
        <ErrorNotice error={keys.error} retry={() => void keys.refetch()} />
      ) : keys.isPending ? (
        <Loading what="the service keys" />
      ) : (
        <RecordTable
          caption="Service keys"
          keyOf={({ id }) => id}
          records={shown}
          empty={search === "" ? "There is no service key here that you may see." : "No key matches the search."}
          columns={[
            nameColumn,
            { label: "Type", cell: () => "Service key" },
            { label: "Created by", cell: ({ creator }) => creator?.name ?? "Somebody unknown" },
            { label: "Spaces and roles", cell: (key) => <Coverage apiKey={key} /> },
            ...lifeColumns,
            actionsColumn<ServiceKey>({ refresh: setRefreshing, revoke: setRevoking }),
          ]}
        />
      )}
      <Suspense fallback={null}>
        {refreshing && <RefreshDialog apiKey={refreshing} close={() => setRefreshing(null)} show={show} />}
        {revoking && (
          <RevokeDialog
            apiKey={revoking}
            close={() => setRevoking(null)}
            effect={<RevocationEffect apiKey={revoking} />}
          />
        )}
      </Suspense>
    </>
  );
}

const textsOf = ({ name, description, redacted_key, creator, organizations }: ServiceKey) => [
  name,
  description,
  redacted_key,
  creator?.name,
  ...organizations.flatMap((organization) => [organization.name, ...organization.spaces.map((space) => space.name)]),
];

function Coverage({ apiKey: { organizations, hidden_spaces, account_role } }: { apiKey: ServiceKey }) {
  return (
    <Stack gap={2}>
      {organizations.map(({ id, name, role, spaces }) => (
        <div key={id}>
          {spaces.map((space) => (
            <Text key={space.id} size="sm">
              {space.name}: {roleName(space.role)}
            </Text>
          ))}
          <Text size="xs" c="dimmed">
            {name}: {roleName(role)}
          </Text>
        </div>
      ))}
      {hidden_spaces > 0 && (
        <Text size="xs" c="dimmed">
          and {hidden_spaces} that you may not see
        </Text>
      )}
      <Text size="xs" c="dimmed">
        Account: {roleName(account_role)}
      </Text>
    </Stack>
  );
}

function RevocationEffect({ apiKey: { organizations, hidden_spaces } }: { apiKey: ServiceKey }) {
  return (
    <>
      <Text size="sm">Every program that sends this key is refused from the next request on. What stops working:</Text>
      <List size="sm" mt="xs">
        {organizations.flatMap(({ name: organization, spaces }) =>
          spaces.map(({ id, name, role }) => (
            <List.Item key={id}>
              {name} in {organization}, where it works as {roleName(role)}
            </List.Item>
          )),
        )}
        {hidden_spaces > 0 && <List.Item>{hidden_spaces} more that you may not see</List.Item>}
      </List>
    </>
  );
}
