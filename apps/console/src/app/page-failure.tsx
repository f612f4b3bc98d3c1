import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { ErrorNotice } from "../components/error-notice.js";
import { Page } from "../components/page.js";

/** In place of a page that could not be shown; the menu around it stays. */
export function PageFailure({ error }: { error: unknown }) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="This page cannot be shown">
      <ErrorNotice error={error} retry={retry} />
    </Page>
  );
}
