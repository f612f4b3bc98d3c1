import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
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

/** Each page is a folder of `routes/`, loaded when it is first opened. */
const pages = [
  createRoute({
    getParentRoute: () => root,
    path: "/settings/api-keys",
    component: lazyRouteComponent(() => import("../routes/api-keys/index.js"), "ApiKeysPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/members",
    component: lazyRouteComponent(() => import("../routes/members/index.js"), "MembersPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/roles",
    component: lazyRouteComponent(() => import("../routes/roles/index.js"), "RolesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/spaces",
    component: lazyRouteComponent(() => import("../routes/spaces/index.js"), "SpacesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/audit-log",
    component: lazyRouteComponent(() => import("../routes/audit-log/index.js"), "AuditLogPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/data",
    component: lazyRouteComponent(() => import("../routes/data/index.js"), "DataPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/requests",
    component: lazyRouteComponent(() => import("../routes/requests/index.js"), "RequestsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/try-a-key",
    component: lazyRouteComponent(() => import("../routes/try-a-key/index.js"), "TryAKeyPage"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([home, ...pages]),
  defaultPreload: "intent",
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
