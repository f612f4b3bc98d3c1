import { Anchor, Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ConsolePerson } from "@axlab/wire/console";
import { ErrorNotice } from "../../components/error-notice.js";
import { useSignIn } from "../../api/session.js";
import classes from "./sign-in.module.css";
import { KeyForm } from "./key-form.js";
import { PasswordForm } from "./password-form.js";
import { PeopleList } from "./people-list.js";

/** The way in: the demo's people by one click, anybody by password or by a user key of theirs. */
export function SignIn({ people }: { people: readonly ConsolePerson[] }) {
  useDocumentTitle("Sign in · axlab");
  const signIn = useSignIn();
  return (
    <main className={classes["page"]}>
      <Paper withBorder shadow="sm" radius="md" p="xl" className={classes["card"]}>
        <Stack gap="md">
          <div>
            <Title order={1} size="h2">
              Sign in to axlab
            </Title>
            <Text size="sm" c="dimmed" mt={4}>
              A local Arize AX platform with real keys and permissions. Not affiliated with Arize AI.
            </Text>
          </div>
          {signIn.error && <ErrorNotice error={signIn.error} />}
          {people.length > 0 && (
            <PeopleList people={people} busy={signIn.isPending} choose={(user_id) => signIn.mutate({ user_id })} />
          )}
          <Tabs defaultValue="password" keepMounted={false}>
            <Tabs.List grow aria-label="Ways to sign in">
              <Tabs.Tab value="password">Password</Tabs.Tab>
              <Tabs.Tab value="key">User key</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="password" pt="md">
              <PasswordForm busy={signIn.isPending} submit={signIn.mutate} />
            </Tabs.Panel>
            <Tabs.Panel value="key" pt="md">
              <KeyForm busy={signIn.isPending} submit={signIn.mutate} />
            </Tabs.Panel>
          </Tabs>
          <Text size="xs" c="dimmed">
            Programs need no sign-in: they send a key.{" "}
            <Anchor href="/v2/openapi.json" underline="always">
              The REST API
            </Anchor>
          </Text>
        </Stack>
      </Paper>
    </main>
  );
}
