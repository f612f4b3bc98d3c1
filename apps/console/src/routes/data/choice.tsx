import { NativeSelect, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";

interface Props<T> {
  label: string;
  query: UseQueryResult<T[]>;
  /** shown when there is nothing to choose from */
  empty: ReactNode;
  children: (chosen: T) => ReactNode;
}

/** Lets one thing of a list be chosen, the first to begin with, and shows it below. */
export function Choice<T extends { id: string; name: string }>({ label, query, empty, children }: Props<T>) {
  const [id, setId] = useState("");
  if (query.error) return <ErrorNotice error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading what={label} />;
  const chosen = query.data.find((one) => one.id === id) ?? query.data[0];
  if (chosen === undefined) return <Text size="sm">{empty}</Text>;
  return (
    <>
      <NativeSelect
        label={label}
        maw="24rem"
        mb="md"
        value={chosen.id}
        onChange={(event) => setId(event.currentTarget.value)}
        data={query.data.map(({ id: value, name }) => ({ value, label: name }))}
      />
      {children(chosen)}
    </>
  );
}
