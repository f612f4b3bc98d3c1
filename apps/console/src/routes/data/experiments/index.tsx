import { Group, NativeSelect, Text } from "@mantine/core";
import type { Experiment } from "@axlab/wire/rest";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { datasetsQuery, experimentsQuery, runsQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { Choice } from "../choice.js";
import { ComparisonTable } from "./comparison-table.js";
import { ScoreTable } from "./score-table.js";

/** Two experiments of a dataset side by side. */
export function Experiments({ spaceId }: { spaceId: string }) {
  return (
    <Choice label="Dataset" query={useQuery(datasetsQuery(spaceId))} empty="No dataset yet, so no experiment on one.">
      {({ id }) => <OfDataset key={id} datasetId={id} />}
    </Choice>
  );
}

function OfDataset({ datasetId }: { datasetId: string }) {
  const experiments = useQuery(experimentsQuery(datasetId));
  if (experiments.error) return <ErrorNotice error={experiments.error} retry={() => void experiments.refetch()} />;
  if (experiments.isPending) return <Loading what="the experiments" />;
  if (experiments.data.length === 0) return <Text size="sm">This dataset has no experiment yet.</Text>;
  return <Pair experiments={experiments.data} />;
}

function Pair({ experiments }: { experiments: readonly Experiment[] }) {
  const [first, setFirst] = useState(experiments[1]?.id ?? experiments[0]?.id ?? "");
  const [second, setSecond] = useState(experiments[1] === undefined ? "" : (experiments[0]?.id ?? ""));
  const options = experiments.map(({ id, name }) => ({ value: id, label: name }));
  const chosen = [first, second].flatMap((id) => experiments.find((experiment) => experiment.id === id) ?? []);
  return (
    <>
      <Group gap="sm" align="flex-end" mb="md">
        <NativeSelect
          label="Experiment"
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
          data={options}
        />
        <NativeSelect
          label="Compared with"
          value={second}
          onChange={(event) => setSecond(event.currentTarget.value)}
          data={[{ value: "", label: "Nothing" }, ...options]}
        />
      </Group>
      <Comparison experiments={chosen} />
    </>
  );
}

function Comparison({ experiments }: { experiments: readonly Experiment[] }) {
  const { error, pending, runs } = useQueries({
    queries: experiments.map(({ id }) => runsQuery(id)),
    combine: (results) => ({
      error: results.find((result) => result.error !== null)?.error ?? null,
      pending: results.some((result) => result.isPending),
      runs: results.map((result) => result.data ?? []),
    }),
  });
  if (error !== null) return <ErrorNotice error={error} />;
  if (pending) return <Loading what="the runs" />;
  const names = experiments.map(({ name }) => name);
  return (
    <>
      <ScoreTable names={names} runs={runs} />
      <ComparisonTable names={names} runs={runs} />
    </>
  );
}
