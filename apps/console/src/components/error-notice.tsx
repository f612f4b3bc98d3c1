import { Alert, Button, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { RefusedError } from "../api/http.js";

const TITLES: Record<number, string> = {
  401: "You are signed out",
  403: "You may not do this",
  404: "Not found, or hidden from you",
  409: "This has changed in the meantime",
  422: "This is not allowed",
  429: "Too many requests",
};

/** What went wrong, in the platform's own words, and how to go on. */
export function ErrorNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const refused = error instanceof RefusedError ? error : null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={TITLES[refused?.status ?? 0] ?? "This did not work"}
    >
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {error instanceof Error ? error.message : String(error)}
      </Text>
      {refused?.requestId && (
        <Text size="xs" mt={4}>
          Request {refused.requestId}
        </Text>
      )}
      {retry && (
        <Button size="xs" mt="sm" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
