import { AppShell, Burger, Group, Text, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { sessionQuery } from "../api/session.js";
import { ErrorNotice } from "../components/error-notice.js";
import { Loading } from "../components/loading.js";
import { AccountMenu } from "./account-menu.js";
import { ColorSchemeMenu } from "./color-scheme-menu.js";
import { Menu } from "./menu.js";
import classes from "./shell.module.css";

/** Most visits begin signed in, and need none of it. */
const SignIn = lazy(async () => ({ default: (await import("../routes/sign-in/index.js")).SignIn }));

/** Around every page: who is signed in, the menu, and the way in for whoever is not. */
export function Shell() {
  const session = useQuery(sessionQuery);
  const [open, { toggle, close }] = useDisclosure(false);
  if (session.data === undefined) {
    return session.error ? (
      <main className={classes["alone"]}>
        <ErrorNotice error={session.error} retry={() => void session.refetch()} />
      </main>
    ) : (
      <Loading what="the console" />
    );
  }
  const { signed_in: signedIn } = session.data;
  if (signedIn === null)
    return (
      <Suspense fallback={<Loading what="the sign-in" />}>
        <SignIn people={session.data.people} />
      </Suspense>
    );
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !open } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <a className={classes["skip"]} href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={open ? "Close the menu" : "Open the menu"}
              aria-expanded={open}
            />
            <Text fw={700} size="lg">
              axlab
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <ColorSchemeMenu />
            <AccountMenu signedIn={signedIn} people={session.data.people} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Pages">
        <div className={classes["menu"]}>
          <Menu onNavigate={close} />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {/* A page of one person is never shown to the next. */}
        <Suspense key={signedIn.person.id} fallback={<Loading what="the page" />}>
          <Outlet />
        </Suspense>
        <VisuallyHidden aria-live="polite">Signed in as {signedIn.person.name}</VisuallyHidden>
      </AppShell.Main>
    </AppShell>
  );
}
