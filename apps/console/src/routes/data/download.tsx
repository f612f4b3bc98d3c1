import { Button, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ErrorNotice } from "../../components/error-notice.js";
import { csvOf } from "./csv.js";
import { parquetOf } from "./parquet.js";
import { Spool, type Records } from "./spool.js";

interface Props {
  /** of the file, without its ending */
  name: string;
  /** every record, not only those that are shown, a page at a time */
  read: () => AsyncIterable<Records>;
}

const FORMATS: readonly {
  label: string;
  ending: string;
  write: (spool: Spool) => Promise<Blob>;
}[] = [
  { label: "CSV", ending: "csv", write: csvOf },
  { label: "Parquet", ending: "parquet", write: parquetOf },
];

/** Reads everything and hands it over as a file, which is made in the browser, a page of records at a time. */
export function Download({ name, read }: Props) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [nothing, setNothing] = useState(false);
  const download = async ({ ending, write }: (typeof FORMATS)[number]): Promise<void> => {
    setBusy(ending);
    setError(null);
    try {
      const spool = await Spool.of(read());
      setNothing(spool.empty);
      if (!spool.empty) save(`${name}.${ending}`, await write(spool));
    } catch (refused) {
      setError(refused);
    }
    setBusy(null);
  };
  return (
    <>
      <Group justify="flex-end" gap="xs" mb="sm">
        {nothing && (
          <Text size="sm" role="status">
            There is nothing to download.
          </Text>
        )}
        {FORMATS.map((format) => (
          <Button
            key={format.ending}
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            loading={busy === format.ending}
            disabled={busy !== null && busy !== format.ending}
            onClick={() => void download(format)}
          >
            Download {format.label}
          </Button>
        ))}
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
