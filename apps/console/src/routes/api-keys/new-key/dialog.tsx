import { Alert, Button, Group, Modal, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { Principal } from "@axlab/auth";
import type { SignedIn } from "@axlab/wire/console";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { apiKeysKey, createKey } from "../../../api/api-keys.js";
import { placesQuery } from "../../../api/places.js";
import { useDeed } from "../../../api/use-deed.js";
import { ErrorNotice } from "../../../components/error-notice.js";
import { Loading } from "../../../components/loading.js";
import { secretOf, type Secret } from "../secret-dialog.js";
import { whyNoKey, whyNoServiceKey } from "../standing.js";
import { Expiry } from "./expiry.js";
import { requestOf, UNTOUCHED, type Draft } from "./draft.js";
import { ServiceKeyFields } from "./service-key-fields.js";

interface Props {
  signedIn: SignedIn;
  principal: Principal;
  kind: Draft["kind"];
  close: () => void;
  created: (secret: Secret) => void;
}

/** What the documented steps "Create a User Key" and "Create a Service Key" go through. */
export function NewKeyDialog({ signedIn, principal, kind, close, created }: Props) {
  const narrow = useMediaQuery("(max-width: 40em)") ?? false;
  const places = useQuery(placesQuery(signedIn.account.id));
  const [draft, setDraft] = useState<Draft>({ ...UNTOUCHED, kind });
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const create = useDeed(createKey, apiKeysKey, (answer) => created(secretOf(answer)));
  const noKey = whyNoKey(signedIn);
  const noService = places.data ? whyNoServiceKey(principal, places.data) : null;
  const request = requestOf(draft, places.data ?? []);
  const obstacle = noKey ?? (draft.kind === "SERVICE" ? noService : null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (request !== null && obstacle === null) create.run(request);
  };
  return (
    <Modal
      opened
      onClose={close}
      title="New API Key"
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {noKey !== null && <Alert title="You cannot create keys">{noKey}</Alert>}
          <Radio.Group
            label="Key Type"
            value={draft.kind}
            onChange={(value) => change({ kind: value === "SERVICE" ? "SERVICE" : "USER" })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="USER" label="User key" description="Acts as you, with your roles as they are at the time" />
              <Radio
                value="SERVICE"
                label="Service key"
                disabled={noService !== null}
                description={noService ?? "Acts as a program of its own, with roles that are fixed now"}
              />
            </Stack>
          </Radio.Group>
          <TextInput
            label="Key Name"
            required
            maxLength={255}
            data-autofocus
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label="Description"
            description="Optional: what uses this key, and whom to ask about it"
            maxLength={1000}
            autosize
            minRows={1}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <Expiry value={draft.expiry} change={(expiry) => change({ expiry })} />
          {draft.kind === "SERVICE" &&
            noService === null &&
            (places.data ? (
              <ServiceKeyFields draft={draft} change={change} places={places.data} principal={principal} />
            ) : (
              <Loading what="your spaces" />
            ))}
          {places.error && <ErrorNotice error={places.error} retry={() => void places.refetch()} />}
          {create.error !== null && <ErrorNotice error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={create.busy} disabled={request === null || obstacle !== null}>
              Create Key
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
