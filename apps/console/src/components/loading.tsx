import { Center, Loader } from "@mantine/core";

export const Loading = ({ what }: { what: string }) => (
  <Center py="xl" role="status" aria-live="polite">
    <Loader size="sm" aria-label={`Loading ${what}`} />
  </Center>
);
