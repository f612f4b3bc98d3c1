import type { ModelEnvironment, ModelRecord } from "@axlab/wire/console";
import type { Project } from "@axlab/wire/rest";
import { useInfiniteQuery } from "@tanstack/react-query";
import { allRecords, recordsQuery } from "../../../api/data.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Instant } from "../../../components/instant.js";
import { Loading } from "../../../components/loading.js";
import { RecordTable, type Column } from "../../../components/record-table.js";
import { Download } from "../download.js";
import { More } from "../more.js";
import { Value } from "../value.js";

interface Props {
  project: Project;
  environment: ModelEnvironment;
  /** names the table and its downloads */
  label: string;
}

/** The records of a model in one environment, newest first. */
export function Records({ project, environment, label }: Props) {
  const records = useInfiniteQuery(recordsQuery(project.id, environment));
  if (records.error) return <ErrorNotice error={records.error} retry={() => void records.refetch()} />;
  if (records.isPending) return <Loading what="the records" />;
  const shown = records.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Download name={`${project.name} ${label.toLowerCase()}`} read={() => allRecords(project.id, environment)} />
      <RecordTable<ModelRecord>
        caption={label}
        wide
        keyOf={idOf}
        records={shown}
        empty="This model has no records here."
        columns={columnsOf(shown)}
      />
      <More list={records} />
    </>
  );
}

const idOf = (record: ModelRecord): string => String(record["predictionID"] ?? record["documentID"]);

const columnsOf = (records: readonly ModelRecord[]): Column<ModelRecord>[] =>
  [...new Set(records.flatMap((record) => Object.keys(record)))].map((name) => ({
    label: name,
    cell: (record) =>
      name === "time" ? <Instant at={String(record[name])} absent="" /> : <Value value={record[name]} />,
  }));
