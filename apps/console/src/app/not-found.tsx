import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Page } from "../components/page.js";

export function NotFound() {
  return (
    <Page title="No such page">
      <Text>
        Nothing is shown at this address. Go to{" "}
        <Anchor component={Link} to="/settings/api-keys" underline="always">
          API Keys
        </Anchor>
        .
      </Text>
    </Page>
  );
}
