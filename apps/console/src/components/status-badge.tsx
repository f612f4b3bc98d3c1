import { Badge } from "@mantine/core";

const WORDS: Record<number, string> = {
  0: "never answered",
  400: "bad request",
  401: "key refused",
  403: "forbidden",
  404: "not found or hidden",
  409: "conflict",
  413: "too large",
  422: "not allowed",
  429: "too many",
  499: "client gone",
};

/** A status with what it means, so that colour is not all that tells. */
export function StatusBadge({ status }: { status: number }) {
  const fine = status >= 200 && status < 400;
  const word = fine ? "allowed" : (WORDS[status] ?? (status >= 500 ? "failure" : "refused"));
  return (
    <Badge color={fine ? "teal" : status >= 500 || status === 0 ? "red" : "orange"} variant="outline" tt="none">
      {status === 0 ? word : `${status} ${word}`}
    </Badge>
  );
}
