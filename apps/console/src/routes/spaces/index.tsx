import { Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { placesQuery } from "../../api/places.js";
import { projectsQuery } from "../../api/projects.js";
import { principalOf, useSignedIn } from "../../api/session.js";
import { ErrorNotice } from "../../components/error-notice.js";
import { Loading } from "../../components/loading.js";
import { Page } from "../../components/page.js";
import { OrganizationSection } from "./organization.js";
import { ProjectsTable } from "./projects-table.js";

/** Organizations, their spaces and the projects in them, as far as the person sees them. */
export function SpacesPage() {
  const signedIn = useSignedIn();
  const principal = principalOf(signedIn);
  const places = useQuery(placesQuery(signedIn.account.id));
  const projects = useQuery(projectsQuery(signedIn.account.id));
  const failed = places.error ?? projects.error;
  const stray = (projects.data ?? []).filter(({ ref }) => ref === null);
  return (
    <Page
      title="Spaces & projects"
      intro="A space holds projects, datasets and everything else, and says who may work with them. A restricted project is open only to admins and to the people bound on it."
    >
      {failed ? (
        <ErrorNotice error={failed} retry={() => void Promise.all([places.refetch(), projects.refetch()])} />
      ) : places.data === undefined || projects.data === undefined ? (
        <Loading what="the spaces" />
      ) : (
        <Stack gap="xl">
          {places.data.map((organization) => (
            <OrganizationSection
              key={organization.id}
              organization={organization}
              projects={projects.data}
              principal={principal}
            />
          ))}
          {stray.length > 0 && (
            <Stack component="section" gap="xs">
              <Title order={2} size="h3">
                In spaces hidden from you
              </Title>
              <ProjectsTable caption="Projects in spaces hidden from you" projects={stray} principal={principal} />
            </Stack>
          )}
        </Stack>
      )}
    </Page>
  );
}
