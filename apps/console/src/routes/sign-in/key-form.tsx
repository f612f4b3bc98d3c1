import { Button, PasswordInput, Stack } from "@mantine/core";
import type { SignInRequest } from "@axlab/wire/console";
import { useState, type SyntheticEvent } from "react";

interface Props {
  busy: boolean;
  submit: (request: SignInRequest) => void;
}

export function KeyForm({ busy, submit }: Props) {
  const [key, setKey] = useState("");
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    submit({ key: key.trim() });
    setKey("");
  };
  return (
    <form onSubmit={onSubmit} aria-label="Sign in by user key">
      <Stack gap="sm">
        <PasswordInput
          label="User key"
          description="Shown when the platform first started, or when you made the key. You are signed in as the person it belongs to."
          autoComplete="off"
          required
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={key.trim() === ""}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
