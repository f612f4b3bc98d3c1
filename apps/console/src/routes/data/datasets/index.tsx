import { NativeSelect, Text } from "@mantine/core";
import type { Dataset } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { datasetQuery, datasetsQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Instant } from "../../../components/instant.js";
import { Loading } from "../../../components/loading.js";
import { Choice } from "../choice.js";
import { Examples } from "./examples.js";

/** The datasets of a space, their versions, and the examples of one. */
export function Datasets({ spaceId }: { spaceId: string }) {
  return (
    <Choice
      label="Dataset"
      query={useQuery(datasetsQuery(spaceId))}
      empty="No dataset yet. Create one with the SDK, or with POST /v2/datasets."
    >
      {({ id }) => <Versions key={id} datasetId={id} />}
    </Choice>
  );
}

function Versions({ datasetId }: { datasetId: string }) {
  const dataset = useQuery(datasetQuery(datasetId));
  if (dataset.error) return <ErrorNotice error={dataset.error} retry={() => void dataset.refetch()} />;
  return dataset.isPending ? <Loading what="the versions" /> : <Version dataset={dataset.data} />;
}

function Version({ dataset }: { dataset: Dataset }) {
  const [chosen, setChosen] = useState("");
  const versions = dataset.versions ?? [];
  const version = versions.find(({ id }) => id === chosen) ?? versions[0];
  if (version === undefined) return null;
  return (
    <>
      <NativeSelect
        label="Version"
        maw="24rem"
        value={version.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={versions.map(({ id, name }, index) => ({ value: id, label: index === 0 ? `${name} (latest)` : name }))}
      />
      <Text size="xs" mt={4} mb="sm">
        Changed <Instant at={version.updated_at} absent="" />
      </Text>
      <Examples key={version.id} dataset={dataset} version={version} />
    </>
  );
}
