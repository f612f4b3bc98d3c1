import { NativeSelect, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { placesQuery, type Place } from "../../api/places.js";
import { useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { Datasets } from "./datasets/index.js";
import { Experiments } from "./experiments/index.js";
import { Projects } from "./projects/index.js";
import { RowsPerMinute } from "./received/rows-per-minute.js";

/** What lies in a space: spans, records of models, datasets, experiments. */
export function DataPage() {
  const { account } = useSignedIn();
  const places = useQuery(placesQuery(account.id));
  return (
    <Page
      title="Data"
      intro="What was sent to a space: the spans and records of its projects, its datasets and its experiments."
    >
      <RowsPerMinute />
      {places.error ? (
        <ErrorNotice error={places.error} retry={() => void places.refetch()} />
      ) : places.isPending ? (
        <Loading what="the spaces" />
      ) : (
        <Space places={places.data} />
      )}
    </Page>
  );
}

function Space({ places }: { places: readonly Place[] }) {
  const [chosen, setChosen] = useState("");
  const spaces = places.flatMap((place) => place.spaces);
  const space = spaces.find(({ id }) => id === chosen) ?? spaces[0];
  if (space === undefined)
    return <Text size="sm">There is no space that you may see. Ask an admin for a role in one.</Text>;
  return (
    <>
      <NativeSelect
        label="Space"
        maw="24rem"
        value={space.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={places
          .filter((place) => place.spaces.length > 0)
          .map((place) => ({
            group: place.name,
            items: place.spaces.map(({ id, name }) => ({ value: id, label: name })),
          }))}
      />
      <Tabs key={space.id} defaultValue="projects" keepMounted={false}>
        <Tabs.List aria-label="Kinds of data" mb="md">
          <Tabs.Tab value="projects">Projects</Tabs.Tab>
          <Tabs.Tab value="datasets">Datasets</Tabs.Tab>
          <Tabs.Tab value="experiments">Experiments</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="projects">
          <Projects spaceId={space.id} />
        </Tabs.Panel>
        <Tabs.Panel value="datasets">
          <Datasets spaceId={space.id} />
        </Tabs.Panel>
        <Tabs.Panel value="experiments">
          <Experiments spaceId={space.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
