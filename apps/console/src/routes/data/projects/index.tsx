import { NativeSelect, Text } from "@mantine/core";
import type { ProjectEnvironment } from "@axlab/wire/console";
import type { Project } from "@axlab/wire/rest";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { environmentsQuery, projectsQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { Choice } from "../choice.js";
import { Records } from "./records.js";
import { Spans } from "./spans.js";

const LABELS: Record<ProjectEnvironment, string> = {
  TRACING: "Spans",
  PRODUCTION: "Production records",
  VALIDATION: "Validation records",
  TRAINING: "Training records",
  CORPUS: "Corpus documents",
};

/** The projects of a space, and the spans or the records of one. */
export function Projects({ spaceId }: { spaceId: string }) {
  return (
    <Choice
      label="Project"
      query={useQuery(projectsQuery(spaceId))}
      empty="No project yet. It is made by the first trace or record that names it."
    >
      {(project) => <Environments key={project.id} project={project} />}
    </Choice>
  );
}

function Environments({ project }: { project: Project }) {
  const environments = useQuery(environmentsQuery(project.id));
  const [chosen, setChosen] = useState("");
  if (environments.error) return <ErrorNotice error={environments.error} retry={() => void environments.refetch()} />;
  if (environments.isPending) return <Loading what="what the project holds" />;
  const environment = environments.data.find((one) => one === chosen) ?? environments.data[0];
  if (environment === undefined)
    return <Text size="sm">Nothing was sent to this project yet, or nothing that you may read.</Text>;
  return (
    <>
      {environments.data.length > 1 && (
        <NativeSelect
          label="Shown"
          maw="24rem"
          mb="md"
          value={environment}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={environments.data.map((value) => ({ value, label: LABELS[value] }))}
        />
      )}
      {environment === "TRACING" ? (
        <Spans project={project} />
      ) : (
        <Records key={environment} project={project} environment={environment} label={LABELS[environment]} />
      )}
    </>
  );
}
