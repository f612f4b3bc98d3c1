import { Stack, Text, Title } from "@mantine/core";
import type { ExperimentRun } from "@axlab/wire/rest";
import { RecordTable, type Column } from "../../../components/record-table.js";
import { Bar } from "../bar.js";
import { meanScores, type ComparedScore, type Mean } from "./comparison.js";

export interface Compared {
  /** of the experiments, in the order of their runs */
  names: readonly string[];
  runs: readonly (readonly ExperimentRun[])[];
}

/** The mean score of each evaluator in each experiment. */
export function ScoreTable({ names, runs }: Compared) {
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        Mean scores
      </Title>
      <RecordTable
        caption="Mean scores"
        keyOf={({ evaluator }) => evaluator}
        records={meanScores(runs)}
        empty="No run has a score. Scores are the fields eval.<evaluator>.score of the runs."
        columns={[
          { label: "Evaluator", cell: ({ evaluator }) => evaluator },
          ...names.map((_, index): Column<ComparedScore> => ({
            label: columnLabel(names, index),
            cell: ({ means }) => <MeanBar mean={means[index] ?? null} longest={longestOf(means)} />,
          })),
        ]}
      />
    </section>
  );
}

function MeanBar({ mean, longest }: { mean: Mean | null; longest: number }) {
  if (mean === null) return <Text size="sm">–</Text>;
  return (
    <Stack gap={4}>
      <Text size="sm">
        {shown(mean.value)}{" "}
        <Text span size="xs">
          of {mean.runs.toLocaleString()} {mean.runs === 1 ? "run" : "runs"}
        </Text>
      </Text>
      <Bar length={Math.abs(mean.value) / longest} color="var(--mantine-primary-color-filled)" />
    </Stack>
  );
}

/** Scores lie between 0 and 1 more often than not; larger ones stretch the scale. */
const longestOf = (means: readonly (Mean | null)[]): number =>
  Math.max(1, ...means.map((mean) => Math.abs(mean?.value ?? 0)));

/** Two experiments may have one name, or be one. */
export const columnLabel = (names: readonly string[], index: number): string => {
  const name = names[index] ?? "";
  return names.indexOf(name) === index ? name : `${name} (compared)`;
};

export const shown = (score: number): string => score.toLocaleString(undefined, { maximumFractionDigits: 3 });
