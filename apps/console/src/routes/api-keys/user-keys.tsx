import { NativeSelect } from "@mantine/core";
import type { ApiKey, ApiKeyStatus } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { userKeysQuery } from "../../api/api-keys.js";
import { peopleQuery } from "../../api/people.js";
import { useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { RecordTable } from "../../components/record-table.js";
import { actionsColumn, lifeColumns, nameColumn } from "./columns.js";
import { RefreshDialog, RevokeDialog } from "./dialogs.js";
import { Filter, matches } from "./filter.js";
import type { Secret } from "./secret-dialog.js";

/** One's own user keys; an account admin may look at another person's. */
export function UserKeys({ show }: { show: (secret: Secret) => void }) {
  const { person, grants } = useSignedIn();
  const isAdmin = grants.account_role === "ADMIN";
  const [owner, setOwner] = useState(person.id);
  const [search, setSearch] = useState("");
  const [status, setStatus] = useState<ApiKeyStatus>("ACTIVE");
  const [refreshing, setRefreshing] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const people = useQuery({ ...peopleQuery, enabled: isAdmin });
  const keys = useQuery(userKeysQuery(status, isAdmin && owner !== person.id ? owner : undefined));
  const ownerName = people.data?.find(({ id }) => id === owner)?.name ?? person.name;
  const creator = owner === person.id ? `${person.name} (you)` : ownerName;
  const shown = (keys.data ?? []).filter(({ name, description, redacted_key }) =>
    matches(search, [name, description, redacted_key]),
  );
  return (
    <>
      <Filter search={search} setSearch={setSearch} status={status} setStatus={setStatus}>
        {isAdmin && people.data && (
          <NativeSelect
            label="Whose keys"
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
            data={people.data.map(({ id, name }) => ({ value: id, label: id === person.id ? `${name} (you)` : name }))}
          />
        )}
      </Filter>
      {keys.error ? (
        <ErrorNotice error={keys.error} retry={() => void keys.refetch()} />
      ) : keys.isPending ? (
        <Loading what="the keys" />
      ) : (
        <RecordTable
          caption="User keys"
          keyOf={({ id }) => id}
          records={shown}
          empty={search === "" ? "There is no such key yet." : "No key matches the search."}
          columns={[
            nameColumn,
            { label: "Type", cell: () => "User key" },
            { label: "Created by", cell: () => creator },
            ...lifeColumns,
            actionsColumn({ refresh: setRefreshing, revoke: setRevoking }),
          ]}
        />
      )}
      <Suspense fallback={null}>
        {refreshing && <RefreshDialog apiKey={refreshing} close={() => setRefreshing(null)} show={show} />}
        {revoking && (
          <RevokeDialog
            apiKey={revoking}
            close={() => setRevoking(null)}
            effect={`Every program that sends this key is refused from the next request on. It acts as ${ownerName}, whose other keys go on working.`}
          />
        )}
      </Suspense>
    </>
  );
}
