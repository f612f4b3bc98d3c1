import { lazy } from "react";

/** The dialogs, loaded when the first of them opens: the list is there sooner without them. Show them inside a `Suspense`. */
export const NewKeyDialog = lazy(async () => ({ default: (await import("./new-key/dialog.js")).NewKeyDialog }));
export const SecretDialog = lazy(async () => ({ default: (await import("./secret-dialog.js")).SecretDialog }));
export const RefreshDialog = lazy(async () => ({ default: (await import("./refresh-dialog.js")).RefreshDialog }));
export const RevokeDialog = lazy(async () => ({ default: (await import("./revoke-dialog.js")).RevokeDialog }));
