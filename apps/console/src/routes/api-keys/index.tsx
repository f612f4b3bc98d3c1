import { Button, Tabs } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { Suspense, useRef, useState } from "react";
import { principalOf, useSignedIn } from "../../api/session.js";
import { Page } from "../../components/page.js";
import { NewKeyDialog, SecretDialog } from "./dialogs.js";
import type { Secret } from "./secret-dialog.js";
import { ServiceKeys } from "./service-keys.js";
import { UserKeys } from "./user-keys.js";

/** Settings → API Keys: the keys of people and of programs. A secret is held here from its answer until its dialog closes. */
export function ApiKeysPage() {
  const signedIn = useSignedIn();
  const principal = principalOf(signedIn);
  const [tab, setTab] = useState<string | null>("user");
  const [creating, dialog] = useDisclosure(false);
  const [secret, setSecret] = useState<Secret | null>(null);
  const newKey = useRef<HTMLButtonElement>(null);
  const forget = (): void => {
    setSecret(null);
    newKey.current?.focus();
  };
  return (
    <Page
      title="API Keys"
      intro="A user key acts as you, with whatever you may do at the moment. A service key acts as a program of its own, with the roles it was made with, and outlives the person who made it."
      actions={
        <Button ref={newKey} leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
          New API Key
        </Button>
      }
    >
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List aria-label="Kinds of keys" mb="md">
          <Tabs.Tab value="user">User Keys</Tabs.Tab>
          <Tabs.Tab value="service">Service Keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="user">
          <UserKeys show={setSecret} />
        </Tabs.Panel>
        <Tabs.Panel value="service">
          <ServiceKeys show={setSecret} />
        </Tabs.Panel>
      </Tabs>
      <Suspense fallback={null}>
        {creating && (
          <NewKeyDialog
            principal={principal}
            signedIn={signedIn}
            kind={tab === "service" ? "SERVICE" : "USER"}
            close={dialog.close}
            created={(made) => {
              dialog.close();
              setTab(made.keyType === "SERVICE" ? "service" : "user");
              setSecret(made);
            }}
          />
        )}
        {secret && <SecretDialog secret={secret} close={forget} />}
      </Suspense>
    </Page>
  );
}
