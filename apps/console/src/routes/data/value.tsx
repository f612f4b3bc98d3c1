import { Text } from "@mantine/core";

const MOST = 280;

/** What a field holds, as one reads it; long ones are cut, and say so. */
export function Value({ value }: { value: unknown }) {
  const text = textOf(value);
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }} {...(text.length > MOST && { title: text })}>
      {text.length > MOST ? `${text.slice(0, MOST)}… (${text.length.toLocaleString()} characters)` : text}
    </Text>
  );
}

/** Text as it is, nothing for what is absent, JSON for the rest. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
