import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from "@mantine/core";
import type { CreatedApiKey, RefreshedApiKey } from "@axlab/wire/rest";
import { IconCheck, IconCopy, IconEyeOff } from "@tabler/icons-react";

export interface Secret {
  name: string;
  keyType: "USER" | "SERVICE";
  secret: string;
}

export const secretOf = ({ name, key_type, key }: CreatedApiKey | RefreshedApiKey): Secret => ({
  name,
  keyType: key_type,
  secret: key,
});

/** The one moment at which a secret is seen. It leaves only by its button, so that no stray click or key loses the secret. */
export function SecretDialog({ secret, close }: { secret: Secret; close: () => void }) {
  return (
    <Modal
      opened
      onClose={close}
      title={`The secret of ${secret.name}`}
      size="lg"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<IconEyeOff aria-hidden />} title="Save it now">
          The platform keeps a hash and cannot show this again. If you lose it, refresh the key or make another one.
        </Alert>
        {/* Text and no input: browsers put back what stood in inputs when somebody returns to a page. */}
        <Code block aria-label="Secret" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {secret.secret}
        </Code>
        <Text size="sm" c="dimmed">
          Programs read it from the environment variable ARIZE_API_KEY.
        </Text>
        <Group justify="space-between">
          <CopyButton value={secret.secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                data-autofocus
                leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                onClick={copy}
              >
                <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
              </Button>
            )}
          </CopyButton>
          <Button onClick={close}>I saved it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
