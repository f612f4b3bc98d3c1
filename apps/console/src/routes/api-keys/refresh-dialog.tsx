import { Button, Group, Modal, NativeSelect, Stack, Text } from "@mantine/core";
import type { ApiKey } from "@axlab/wire/rest";
import { useState } from "react";
import { apiKeysKey, refreshKey } from "../../api/api-keys.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Instant } from "../../components/instant.js";
import { secretOf, type Secret } from "./secret-dialog.js";

const GRACE = [
  { value: "0", label: "None: the old secret stops at once" },
  { value: "300", label: "5 minutes" },
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
];

interface Props {
  apiKey: ApiKey;
  close: () => void;
  show: (secret: Secret) => void;
}

/** A new secret in the place of the old one; with a grace period both work until it is over. */
export function RefreshDialog({ apiKey: { id, name, expires_at }, close, show }: Props) {
  const [grace, setGrace] = useState("3600");
  const refresh = useDeed(
    (grace_period_seconds: number) =>
      refreshKey(id, { grace_period_seconds, ...(expires_at !== undefined && { expires_at }) }),
    apiKeysKey,
    (refreshed) => {
      close();
      show(secretOf(refreshed));
    },
  );
  return (
    <Modal opened onClose={close} title={`Refresh ${name}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Text size="sm">
          A new key with a new secret takes its place, with the same name and roles
          {expires_at !== undefined && (
            <>
              {" "}
              and the same expiry, <Instant at={expires_at} absent="" />
            </>
          )}
          . The secret is shown once.
        </Text>
        <NativeSelect
          label="Grace period"
          description="How long the old secret goes on working, so that programs can change over."
          data={GRACE}
          value={grace}
          onChange={(event) => setGrace(event.currentTarget.value)}
          data-autofocus
        />
        {refresh.error !== null && <ErrorNotice error={refresh.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={refresh.busy} onClick={() => refresh.run(Number(grace))}>
            Refresh Key
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
