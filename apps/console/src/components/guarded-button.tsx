import { Button, Flex, Text } from "@mantine/core";
import { useId } from "react";

interface Props {
  children: string;
  /** what it is about, for screen readers; begins with the visible text */
  label: string;
  /** why it cannot be used; null when it can */
  locked: string | null;
  busy?: boolean;
  onClick: () => void;
}

/** A button that says why it cannot be used. */
export function GuardedButton({ children, label, locked, busy = false, onClick }: Props) {
  const reason = useId();
  return (
    <Flex direction="column" gap={4} align={{ base: "flex-start", sm: "flex-end" }}>
      <Button
        size="xs"
        variant="default"
        aria-label={label}
        aria-describedby={locked === null ? undefined : reason}
        disabled={locked !== null || busy}
        onClick={onClick}
      >
        {children}
      </Button>
      {locked !== null && (
        <Text size="xs" id={reason}>
          {locked}
        </Text>
      )}
    </Flex>
  );
}
