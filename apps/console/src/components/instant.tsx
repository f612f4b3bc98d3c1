const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** An instant of the wire, in the reader's own time zone; `absent` where there is none. */
export function Instant({ at, absent }: { at: string | undefined; absent: string }) {
  if (at === undefined) return <span>{absent}</span>;
  return <time dateTime={at}>{DAY_AND_TIME.format(new Date(at))}</time>;
}
