import { Code, Drawer, Stack, Table, Text, Title } from "@mantine/core";
import type { ReceivedRequestDetail } from "@axlab/wire/console";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { requestQuery } from "../../api/requests.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { StatusBadge } from "../../components/status-badge.js";

/** One request with its headers and what it carried, decoded. */
export function RequestDetail({ id, close }: { id: string; close: () => void }) {
  const request = useQuery(requestQuery(id));
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={request.data?.operation ?? "Request"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {request.error ? (
        <ErrorNotice error={request.error} />
      ) : request.isPending ? (
        <Loading what="the request" />
      ) : (
        <Stack gap="md">
          <div>
            <StatusBadge status={request.data.status} />
            {request.data.refusal !== null && (
              <Text size="sm" mt="xs" style={{ overflowWrap: "anywhere" }}>
                {request.data.refusal}
              </Text>
            )}
            <Text size="xs" mt="xs">
              {request.data.id}
            </Text>
          </div>
          {request.data.received === null ? (
            <Text size="sm">
              Only uploads, exports, records and traces are kept with what they carried, and only while there is room.
            </Text>
          ) : (
            <Received {...request.data.received} />
          )}
        </Stack>
      )}
    </Drawer>
  );
}

type ReceivedParts = NonNullable<ReceivedRequestDetail["received"]>;

function Received({ headers, body, arize_schema, arrow_schema, rows, batches }: ReceivedParts) {
  return (
    <>
      <Part title="Headers">
        <Table aria-label="Headers" fz="xs">
          <Table.Tbody>
            {Object.entries(headers).map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Part>
      {rows !== undefined && (
        <Text size="sm">
          {rows.toLocaleString()} rows
          {batches === undefined ? "" : ` in ${batches} record ${batches === 1 ? "batch" : "batches"}`}
        </Text>
      )}
      {arrow_schema && (
        <Part title="Columns">
          <Block text={arrow_schema.join("\n")} />
        </Part>
      )}
      {arize_schema !== undefined && (
        <Part title="arize-schema">
          <Block text={JSON.stringify(arize_schema, null, 2)} />
        </Part>
      )}
      {body !== undefined && (
        <Part title="Body">
          <Block text={JSON.stringify(body, null, 2)} />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** Reachable by keyboard, because it may scroll. */
const Block = ({ text }: { text: string }) => (
  <Code block tabIndex={0} mah={320} style={{ overflow: "auto" }}>
    {text}
  </Code>
);
