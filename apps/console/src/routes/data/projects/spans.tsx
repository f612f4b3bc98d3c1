import { Button, Stack, Text } from "@mantine/core";
import type { Project, Span } from "@axlab/wire/rest";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { allSpans, spansQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Instant } from "../../../components/instant.js";
import { Loading } from "../../../components/loading.js";
import { RecordTable, type Column } from "../../../components/record-table.js";
import { Download } from "../download.js";
import { More } from "../more.js";
import { flatSpan } from "./flat-span.js";
import { durationOf, TraceDrawer } from "./trace-drawer.js";

/** The spans of a project, newest first. */
export function Spans({ project }: { project: Project }) {
  const spans = useInfiniteQuery(spansQuery(project.id));
  const [trace, setTrace] = useState<string | null>(null);
  if (spans.error) return <ErrorNotice error={spans.error} retry={() => void spans.refetch()} />;
  if (spans.isPending) return <Loading what="the spans" />;
  return (
    <>
      <Download
        name={`${project.name} spans`}
        read={async function* () {
          for await (const spans of allSpans(project.id)) yield spans.map((span) => flatSpan(span));
        }}
      />
      <RecordTable
        caption="Spans"
        keyOf={({ context }) => `${context.trace_id} ${context.span_id}`}
        records={spans.data.pages.flatMap(({ items }) => items)}
        empty="This project has no spans."
        columns={[...COLUMNS, traceColumn(setTrace)]}
      />
      <More list={spans} />
      {trace !== null && <TraceDrawer projectId={project.id} traceId={trace} close={() => setTrace(null)} />}
    </>
  );
}

const COLUMNS: readonly Column<Span>[] = [
  { label: "Began", cell: ({ start_time }) => <Instant at={start_time} absent="" /> },
  {
    label: "Span",
    cell: ({ name, kind }) => (
      <Stack gap={2}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {name}
        </Text>
        <Text size="xs">{kind}</Text>
      </Stack>
    ),
  },
  { label: "Took", oneLine: true, cell: (span) => durationOf(span) },
  { label: "Status", cell: ({ status_code }) => status_code ?? "UNSET" },
  {
    label: "Trace",
    cell: ({ context }) => (
      <Text size="xs" style={{ overflowWrap: "anywhere" }}>
        {context.trace_id}
      </Text>
    ),
  },
];

const traceColumn = (open: (traceId: string) => void): Column<Span> => ({
  label: "Actions",
  hidden: true,
  cell: ({ name, context }) => (
    <Button size="xs" variant="default" aria-label={`Trace of ${name}`} onClick={() => open(context.trace_id)}>
      Trace
    </Button>
  ),
});
