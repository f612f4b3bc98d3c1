import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ExperimentRun } from "@axlab/wire/rest";
import { useState } from "react";
import { RecordTable, type Column } from "../../../components/record-table.js";
import { Value } from "../value.js";
import { byExample, scoresOf, type ComparedExample } from "./comparison.js";
import { columnLabel, shown, type Compared } from "./score-table.js";

const AT_ONCE = 100;

/** What each experiment answered for each example. */
export function ComparisonTable({ names, runs }: Compared) {
  const [most, setMost] = useState(AT_ONCE);
  const examples = byExample(runs);
  return (
    <section>
      <Title order={2} size="h5" mt="lg" mb="xs">
        By example
      </Title>
      <RecordTable
        caption="By example"
        keyOf={({ exampleId }) => exampleId}
        records={examples.slice(0, most)}
        empty="These experiments have no runs."
        columns={[
          {
            label: "Example",
            cell: ({ exampleId }) => <Text size="xs">{exampleId === "" ? "no example" : exampleId}</Text>,
          },
          ...names.map((_, index): Column<ComparedExample> => ({
            label: columnLabel(names, index),
            cell: (example) => <Runs runs={example.runs[index] ?? []} />,
          })),
        ]}
      />
      {examples.length > most && (
        <Group justify="center" mt="md">
          <Button variant="default" onClick={() => setMost(most + AT_ONCE)}>
            Show more of {examples.length.toLocaleString()} examples
          </Button>
        </Group>
      )}
    </section>
  );
}

function Runs({ runs }: { runs: readonly ExperimentRun[] }) {
  if (runs.length === 0) return <Text size="sm">–</Text>;
  return (
    <Stack gap="xs">
      {runs.map((run) => (
        <div key={run.id}>
          <Value value={run.error ? `Failed: ${run.error}` : run.output} />
          {Object.entries(scoresOf(run)).map(([evaluator, score]) => (
            <Text key={evaluator} size="xs">
              {evaluator}: {shown(score)}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
  );
}
