import { Group, SegmentedControl, TextInput } from "@mantine/core";
import type { ApiKeyStatus } from "@axlab/wire/rest";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  search: string;
  setSearch: (text: string) => void;
  status: ApiKeyStatus;
  setStatus: (status: ApiKeyStatus) => void;
  children?: ReactNode;
}

export function Filter({ search, setSearch, status, setStatus, children }: Props) {
  return (
    <Group gap="sm" align="flex-end" mb="md">
      <TextInput
        label="Search"
        placeholder="Name, person, space, ak-…"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        style={{ flex: "1 1 14rem" }}
      />
      {children}
      <SegmentedControl<ApiKeyStatus>
        aria-label="Status"
        value={status}
        onChange={setStatus}
        data={[
          { value: "ACTIVE", label: "Active" },
          { value: "REVOKED", label: "Revoked" },
        ]}
      />
    </Group>
  );
}

/** Whether any of the texts contains what is searched for, whatever its case. */
export const matches = (search: string, texts: readonly (string | undefined)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(search.trim().toLowerCase()));
