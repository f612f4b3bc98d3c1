import { Group, NativeSelect, TextInput } from "@mantine/core";
import type { ExpiryChoice } from "./draft.js";

const CHOICES = [
  { value: "never", label: "Never" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "date", label: "On a day …" },
];

interface Props {
  value: ExpiryChoice;
  change: (value: ExpiryChoice) => void;
}

export function Expiry({ value, change }: Props) {
  const choose = (chosen: string): void => {
    if (chosen === "never") change({ after: "never" });
    else if (chosen === "date") change({ after: "date", date: "" });
    else change({ after: "days", days: Number(chosen) });
  };
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label="Expires"
        data={CHOICES}
        value={value.after === "days" ? String(value.days) : value.after}
        onChange={(event) => choose(event.currentTarget.value)}
        style={{ flex: "1 1 10rem" }}
      />
      {value.after === "date" && (
        <TextInput
          label="Last day"
          type="date"
          required
          min={new Date().toISOString().slice(0, 10)}
          value={value.date}
          onChange={(event) => change({ after: "date", date: event.currentTarget.value })}
          style={{ flex: "1 1 10rem" }}
        />
      )}
    </Group>
  );
}
