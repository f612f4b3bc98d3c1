import { Code, Drawer, Group, List, Stack, Text } from "@mantine/core";
import type { Span } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { traceQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { Bar } from "../bar.js";
import { layOut, type Placed } from "./waterfall.js";

/** How far children are shifted; deeper ones than this stay below each other. */
const DEEPEST = 8;

interface Props {
  projectId: string;
  traceId: string;
  close: () => void;
}

/** The spans of one trace below each other, each as long as it took. */
export function TraceDrawer({ projectId, traceId, close }: Props) {
  const trace = useQuery(traceQuery(projectId, traceId));
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={`Trace ${traceId}`}
      styles={{ title: { overflowWrap: "anywhere" } }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {trace.error ? (
        <ErrorNotice error={trace.error} retry={() => void trace.refetch()} />
      ) : trace.isPending ? (
        <Loading what="the trace" />
      ) : (
        <List
          aria-label="Waterfall"
          listStyleType="none"
          spacing="xs"
          styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}
        >
          {layOut(trace.data).map((placed) => (
            <List.Item key={placed.span.context.span_id}>
              <Row {...placed} />
            </List.Item>
          ))}
        </List>
      )}
    </Drawer>
  );
}

function Row({ span, depth, offset, from, length }: Placed) {
  const failed = span.status_code === "ERROR";
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs" pl={`${Math.min(depth, DEEPEST) * 0.75}rem`}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {span.name}
        </Text>
        <Text size="xs">
          {span.kind}, {durationOf(span)}, after {offset} ms{failed ? ", failed" : ""}
        </Text>
      </Group>
      <Bar
        from={from}
        length={length}
        color={failed ? "var(--mantine-color-error)" : "var(--mantine-primary-color-filled)"}
      />
      {failed && span.status_message !== undefined && <Text size="xs">{span.status_message}</Text>}
      {span.attributes && Object.keys(span.attributes).length > 0 && (
        <details>
          <summary>
            <Text span size="xs">
              Attributes of {span.name}
            </Text>
          </summary>
          <Code block tabIndex={0} mah={320} style={{ overflow: "auto" }}>
            {JSON.stringify(span.attributes, null, 2)}
          </Code>
        </details>
      )}
    </Stack>
  );
}

export const durationOf = ({ start_time, end_time }: Span): string =>
  `${(Date.parse(end_time) - Date.parse(start_time)).toLocaleString()} ms`;
