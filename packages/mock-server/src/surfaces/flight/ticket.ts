import { z } from "zod";

const ExportTicket = z.object({ axlabExport: z.object({ query: z.string(), upTo: z.number().int() }) });

/** What GetFlightInfo promised: the query as it came, and the upload it counted up to, so that DoGet gives exactly that many records. */
export interface PromisedExport {
  /** the JSON of the RecordQueryDescriptor */
  query: string;
  upTo: number;
}

export const encodeExportTicket = (promised: PromisedExport): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ axlabExport: promised }));

/** Null for a ticket that is not ours: those of datasets and experiments are written by the client. */
export function decodeExportTicket(ticket: Uint8Array): PromisedExport | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(ticket));
    return ExportTicket.safeParse(json).data?.axlabExport ?? null;
  } catch {
    return null;
  }
}
