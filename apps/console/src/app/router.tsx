import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { lazy, type ComponentType } from "react";
import { NotFound } from "./not-found.js";
import { PageFailure } from "./page-failure.js";
import { Shell } from "./shell.js";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    // The router's way to send somebody elsewhere is to throw where.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: "/settings/api-keys" });
  },
});

/** Loaded when it is shown, not when its address is opened: whoever has yet to sign in needs none of it. */
const shownLazily = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }));

/** Each page is a folder of `routes/`. */
const pages = [
  createRoute({
    getParentRoute: () => root,
    path: "/settings/api-keys",
    component: shownLazily(() => import("../routes/api-keys/index.js"), "ApiKeysPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/members",
    component: shownLazily(() => import("../routes/members/index.js"), "MembersPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/roles",
    component: shownLazily(() => import("../routes/roles/index.js"), "RolesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/spaces",
    component: shownLazily(() => import("../routes/spaces/index.js"), "SpacesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/audit-log",
    component: shownLazily(() => import("../routes/audit-log/index.js"), "AuditLogPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/data",
    component: shownLazily(() => import("../routes/data/index.js"), "DataPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/requests",
    component: shownLazily(() => import("../routes/requests/index.js"), "RequestsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/try-a-key",
    component: shownLazily(() => import("../routes/try-a-key/index.js"), "TryAKeyPage"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([home, ...pages]),
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
