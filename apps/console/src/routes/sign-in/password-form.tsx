import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import type { SignInRequest } from "@axlab/wire/console";
import { useState, type SyntheticEvent } from "react";

interface Props {
  busy: boolean;
  submit: (request: SignInRequest) => void;
}

export function PasswordForm({ busy, submit }: Props) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    submit({ email, password });
  };
  return (
    <form onSubmit={onSubmit} aria-label="Sign in by password">
      <Stack gap="sm">
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={email === "" || password === ""}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
