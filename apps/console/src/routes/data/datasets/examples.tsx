import type { Dataset, DatasetExample, DatasetVersion } from "@axlab/wire/rest";
import { useInfiniteQuery } from "@tanstack/react-query";
import { allExamples, examplesQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { RecordTable } from "../../../components/record-table.js";
import { Download } from "../download.js";
import { More } from "../more.js";
import { Value } from "../value.js";

/** Set by the platform; the id is shown, and all of them are in a download. */
const MANAGED = new Set(["id", "created_at", "updated_at", "annotations"]);

export function Examples({ dataset, version }: { dataset: Dataset; version: DatasetVersion }) {
  const examples = useInfiniteQuery(examplesQuery(dataset.id, version.id));
  if (examples.error) return <ErrorNotice error={examples.error} retry={() => void examples.refetch()} />;
  if (examples.isPending) return <Loading what="the examples" />;
  const records = examples.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Download name={`${dataset.name} ${version.name}`} read={() => allExamples(dataset.id, version.id)} />
      <RecordTable<DatasetExample>
        caption="Examples"
        wide
        keyOf={({ id }) => id}
        records={records}
        empty="This version has no examples."
        columns={[
          { label: "id", cell: ({ id }) => <Value value={id} /> },
          ...fieldsOf(records).map((field) => ({
            label: field,
            cell: (example: DatasetExample) => <Value value={example[field]} />,
          })),
        ]}
      />
      <More list={examples} />
    </>
  );
}

const fieldsOf = (examples: readonly DatasetExample[]): string[] => [
  ...new Set(examples.flatMap((example) => Object.keys(example).filter((field) => !MANAGED.has(field)))),
];
