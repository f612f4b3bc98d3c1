import { Button, Group, NativeSelect, Paper, PasswordInput, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { Permission } from "@axlab/auth";
import type { KeyDecision } from "@axlab/wire/console";
import { useState, type FormEvent } from "react";
import { askDecision, groupedPermissions } from "../../api/decisions.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Page } from "../../components/page.js";
import { Answer } from "./answer.js";
import { useKeyChoices, useResourceChoices } from "./choices.js";

const MYSELF = "";
const PASTED = "pasted";
const OTHER = "other";
/** Asking changes nothing, so nothing is read again. */
const NO_LIST = ["decisions"] as const;
const PERMISSION_GROUPS = groupedPermissions();

/** "May this key do that?" The platform decides as it would about a request, and nothing is done. */
export function TryAKeyPage() {
  const keys = useKeyChoices();
  const resources = useResourceChoices();
  const [keyId, setKeyId] = useState(MYSELF);
  const [secret, setSecret] = useState("");
  const [permission, setPermission] = useState<Permission>("DATASET_CREATE");
  const [resource, setResource] = useState("");
  const [otherId, setOtherId] = useState("");
  const [answer, setAnswer] = useState<{ decision: KeyDecision; permission: Permission } | null>(null);
  const resourceId =
    resource === OTHER ? otherId.trim() : resource === "" ? (resources[0]?.items[0]?.value ?? "") : resource;
  const question = useDeed(askDecision, NO_LIST, (decision) => setAnswer({ decision, permission }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAnswer(null);
    question.run({
      permission,
      resource_id: resourceId,
      ...(keyId === PASTED ? { key: secret.trim() } : keyId !== MYSELF && { key_id: keyId }),
    });
  };
  return (
    <Page
      title="Try a key"
      intro="Ask whether a key may do something. The answer is the one that a request with it would get, with the grant that gives it or the permission that is missing. Nothing is done, and a pasted key is kept nowhere."
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Paper withBorder p="md" component="form" onSubmit={submit} aria-label="The question">
          <Stack gap="md">
            <NativeSelect
              label="Key"
              value={keyId}
              onChange={(event) => setKeyId(event.currentTarget.value)}
              data={[
                { value: MYSELF, label: "Me, as I am signed in" },
                { value: PASTED, label: "Paste a key…" },
                ...keys,
              ]}
            />
            {keyId === PASTED && (
              <PasswordInput
                label="The key"
                description="It is looked up by its hash and forgotten."
                value={secret}
                onChange={(event) => setSecret(event.currentTarget.value)}
                autoComplete="off"
                required
                visibilityToggleButtonProps={{ "aria-label": "Show or hide the key" }}
              />
            )}
            <Select
              label="May it"
              data={PERMISSION_GROUPS}
              value={permission}
              onChange={(value) => value !== null && setPermission(value)}
              searchable
              allowDeselect={false}
              maxDropdownHeight={280}
            />
            <NativeSelect
              label="On"
              value={resource === "" ? resourceId : resource}
              onChange={(event) => setResource(event.currentTarget.value)}
              data={[...resources, { value: OTHER, label: "Another id…" }]}
            />
            {resource === OTHER && (
              <TextInput
                label="Id of the resource"
                description="Of a space, project, dataset, prompt, … or of anything else."
                value={otherId}
                onChange={(event) => setOtherId(event.currentTarget.value)}
                required
              />
            )}
            <Group justify="flex-end">
              <Button type="submit" loading={question.busy}>
                Ask
              </Button>
            </Group>
          </Stack>
        </Paper>
        <div aria-live="polite">
          {question.error !== null && <ErrorNotice error={question.error} />}
          {answer && <Answer {...answer} />}
        </div>
      </SimpleGrid>
    </Page>
  );
}
