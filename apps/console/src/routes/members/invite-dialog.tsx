import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import type { CreateUserRequest } from "@axlab/wire/rest";
import { useState, type FormEvent } from "react";
import { invite } from "../../api/members.js";
import { peopleKey } from "../../api/people.js";
import { useDeed } from "../../api/use-deed.js";
import { ErrorNotice } from "../../components/error-notice.js";

type AccountRoleName = "ADMIN" | "MEMBER" | "ANNOTATOR";
const ROLES: { value: AccountRoleName; label: string }[] = [
  { value: "MEMBER", label: "Member" },
  { value: "ADMIN", label: "Admin" },
  { value: "ANNOTATOR", label: "Annotator" },
];

/** Brings somebody into the account; a temporary password is shown once. */
export function InviteDialog({ close }: { close: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<AccountRoleName>("MEMBER");
  const [isDeveloper, setDeveloper] = useState(true);
  const [password, setPassword] = useState<string | null>(null);
  const invitation = useDeed(
    (body: CreateUserRequest) => invite(body),
    peopleKey,
    ({ temporary_password }) => (temporary_password === undefined ? close() : setPassword(temporary_password)),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invitation.run({
      name,
      email,
      role: { type: "PREDEFINED", name: role },
      invite_mode: "TEMPORARY_PASSWORD",
      is_developer: isDeveloper,
    });
  };
  return (
    <Modal opened onClose={close} title="Invite somebody" closeButtonProps={{ "aria-label": "Close" }}>
      {password !== null ? (
        <Stack gap="md">
          <Alert color="teal" variant="light" title={`${name} is invited`}>
            This password is shown once. {name} signs in with it and their e-mail address.
          </Alert>
          <Code block tabIndex={0}>
            {password}
          </Code>
          <Group justify="flex-end">
            <CopyButton value={password}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? "Copied" : "Copy"}
                </Button>
              )}
            </CopyButton>
            <Button onClick={close}>Done</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label="Name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              maxLength={255}
              data-autofocus
            />
            <TextInput
              label="E-mail"
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              required
            />
            <NativeSelect
              label="Account role"
              value={role}
              onChange={({ currentTarget: { value } }) => {
                const chosen = ROLES.find((candidate) => candidate.value === value)?.value ?? "MEMBER";
                setRole(chosen);
                setDeveloper(chosen !== "ANNOTATOR");
              }}
              data={ROLES}
            />
            <Checkbox
              label="Developer access"
              description="May create keys and call the API with them."
              checked={isDeveloper}
              onChange={(event) => setDeveloper(event.currentTarget.checked)}
            />
            <Text size="sm">They see nothing until they are given a role in an organization or a space.</Text>
            {invitation.error !== null && <ErrorNotice error={invitation.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={invitation.busy}>
                Invite
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
