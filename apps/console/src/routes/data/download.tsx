import { Button, Group } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.js";
import { csvOf } from "./csv.js";

interface Props {
  /** of the file, without its ending */
  name: string;
  /** every record, not only those that are shown */
  read: () => Promise<readonly Record<string, unknown>[]>;
}

/** Reads everything and hands it over as a file. */
export function Download({ name, read }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const download = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      save(`${name}.csv`, new Blob([csvOf(await read())], { type: "text/csv" }));
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  return (
    <>
      <Group justify="flex-end" mb="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={busy}
          onClick={() => void download()}
        >
          Download CSV
        </Button>
      </Group>
      {error !== null && <ErrorNotice error={error} />}
    </>
  );
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the blob once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
