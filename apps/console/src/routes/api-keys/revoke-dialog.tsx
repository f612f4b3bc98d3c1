import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ApiKey } from "@axlab/wire/rest";
import type { ReactNode } from "react";
import { apiKeysKey, revokeKey } from "../../api/api-keys.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Instant } from "../../components/instant.js";

interface Props {
  apiKey: ApiKey;
  /** what will stop working */
  effect: ReactNode;
  close: () => void;
}

export function RevokeDialog({ apiKey, effect, close }: Props) {
  const revoke = useDeed(revokeKey, apiKeysKey, close);
  return (
    <Modal opened onClose={close} title={`Revoke ${apiKey.name}?`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {effect}
        </Text>
        <Text size="sm">
          {apiKey.redacted_key}, last used: <Instant at={apiKey.last_used_at} absent="never" />. A revoked key does not
          come back, and a grace period of it ends too.
        </Text>
        {revoke.error !== null && <ErrorNotice error={revoke.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red.9" loading={revoke.busy} onClick={() => revoke.run(apiKey.id)}>
            Revoke Key
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
