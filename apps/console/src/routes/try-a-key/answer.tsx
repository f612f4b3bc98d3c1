import { Code, Paper, Stack, Text, Title } from "@mantine/core";
import type { KeyDecision } from "@axlab/wire/console";
import { StatusBadge } from "../../components/status-badge.js";

const HEADINGS: Record<KeyDecision["status"], string> = {
  200: "Yes",
  401: "No: the key is not accepted",
  403: "No: it may not do that",
  404: "No: to this key there is no such resource",
};

/** The decision, what gave it, and what would have to change. */
export function Answer({ decision, permission }: { decision: KeyDecision; permission: string }) {
  const { key, acts_as, resource, status, explanation, missing } = decision;
  return (
    <Paper withBorder p="md" component="section" aria-label="The answer">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {HEADINGS[status]}
        </Title>
        <div>
          <StatusBadge status={status} />
        </div>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {explanation}
        </Text>
        <Text size="sm">
          {key === null
            ? "Asked about "
            : `The ${key.key_type === "USER" ? "user" : "service"} key ${key.name} acts as `}
          <strong>{acts_as?.name ?? "a key that is not known here"}</strong>. The question was <Code>{permission}</Code>
          {resource === null ? "." : ` on the ${resource.type}.`}
        </Text>
        {missing !== null && (
          <Text size="sm">
            Missing: <Code>{missing}</Code>
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
