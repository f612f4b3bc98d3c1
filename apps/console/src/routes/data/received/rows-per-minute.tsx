import { Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { NEWEST, newestRequestsQuery } from "../../../api/requests.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { RecordTable } from "../../../components/record-table.js";
import { minuteOf, MINUTES, rowsByKey } from "./minutes.js";

/** How much each key has sent, minute by minute. */
export function RowsPerMinute() {
  const requests = useQuery(newestRequestsQuery);
  if (requests.error) return <ErrorNotice error={requests.error} retry={() => void requests.refetch()} />;
  if (requests.isPending) return <Loading what="the rows received" />;
  const now = requests.dataUpdatedAt;
  const senders = rowsByKey(requests.data, now);
  const most = Math.max(1, ...senders.flatMap(({ perMinute }) => perMinute));
  const oldest = requests.data.at(-1)?.at;
  const cut = requests.data.length === NEWEST && oldest !== undefined && minuteOf(oldest, now) < MINUTES;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        Rows per minute received, by key
      </Title>
      <RecordTable
        caption="Rows received"
        keyOf={({ id }) => id}
        records={senders}
        empty={`No rows in the last ${MINUTES} minutes.`}
        columns={[
          { label: "Key", cell: ({ name }) => name },
          { label: `Last ${MINUTES} minutes`, cell: ({ total }) => `${total.toLocaleString()} rows` },
          { label: "Per minute", cell: ({ perMinute }) => <Minutes rows={perMinute} most={most} /> },
        ]}
      />
      {cut && (
        <Text size="xs" mt="xs">
          There was more: only the newest {NEWEST} requests are counted.
        </Text>
      )}
    </section>
  );
}

const HEIGHT = 32;

function Minutes({ rows, most }: { rows: readonly number[]; most: number }) {
  const peak = Math.max(...rows);
  return (
    <svg
      role="img"
      aria-label={`${(rows.at(-1) ?? 0).toLocaleString()} rows in the last minute, at most ${peak.toLocaleString()} in a minute`}
      width={rows.length * 10}
      height={HEIGHT}
    >
      {rows.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT);
        return (
          <rect
            key={index}
            x={index * 10}
            y={HEIGHT - height}
            width="8"
            height={height}
            fill={count === 0 ? "var(--mantine-color-default-border)" : "var(--mantine-primary-color-filled)"}
          />
        );
      })}
    </svg>
  );
}
