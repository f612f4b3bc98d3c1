import { Client as GrpcClient, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { BatchDecoder, messagesFromTable, type IpcMessage } from "@axlab/wire/arrow";
import {
  action,
  commandDescriptor,
  decodeFlightData,
  encodeFlightData,
  encodeRecordQuery,
  FLIGHT_METHODS,
  flightDescriptor,
  flightInfo,
  messageOfFlightData,
  putResult,
  result,
  ticket,
  type FlightInfo,
} from "@axlab/wire/flight";
import { Table, type RecordBatch } from "apache-arrow";

const raw = (bytes: Uint8Array): Buffer => Buffer.from(bytes);
const same = (bytes: Buffer): Buffer => bytes;

/** The four Flight calls over a real channel, as pyarrow makes them. */
export class FlightClient {
  readonly #client: GrpcClient;
  readonly #metadata = new Metadata();

  constructor(address: { host: string; port: number }, key?: string, headers: Record<string, string> = {}) {
    this.#client = new GrpcClient(`${address.host}:${address.port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.use_local_subchannel_pool": 1,
    });
    if (key !== undefined) this.#metadata.set("auth-token-bin", Buffer.from(key));
    for (const [name, value] of Object.entries(headers)) this.#metadata.set(name, value);
  }

  info(query: Parameters<typeof encodeRecordQuery>[0]): Promise<FlightInfo> {
    return this.unary(
      FLIGHT_METHODS.getFlightInfo.path,
      flightDescriptor.encode(commandDescriptor(encodeRecordQuery(query))),
    ).then(flightInfo.decode);
  }

  unary(path: string, request: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        raw,
        same,
        request,
        this.#metadata,
        (error: ServiceError | null, answer?: Buffer) =>
          error === null && answer !== undefined ? resolve(answer) : reject(error ?? new TypeError("no answer")),
      );
    });
  }

  async get(ticketBytes: Uint8Array): Promise<Table> {
    const messages: IpcMessage[] = [];
    const call = this.#client.makeServerStreamRequest(
      FLIGHT_METHODS.doGet.path,
      raw,
      same,
      ticket.encode({ ticket: ticketBytes }),
      this.#metadata,
    );
    for await (const bytes of call) {
      const message = messageOfFlightData(decodeFlightData(bytes));
      if (message !== null) messages.push(message);
    }
    const [schema, ...rest] = messages;
    if (schema === undefined) throw new TypeError("DoGet gave no schema");
    const decoder = new BatchDecoder(schema);
    return new Table(
      decoder.schema,
      rest.map((message) => decoder.decode(message)).filter((batch): batch is RecordBatch => batch !== null),
    );
  }

  /** GetFlightInfo, then DoGet of what it promised. */
  async export(query: Parameters<typeof encodeRecordQuery>[0]): Promise<Table> {
    const info = await this.info(query);
    const table = await this.get(info.endpoint[0]?.ticket?.ticket ?? new Uint8Array());
    if (BigInt(table.numRows) !== info.totalRecords)
      throw new TypeError(`${info.totalRecords} records were promised and ${table.numRows} came`);
    return table;
  }

  /** @returns the app_metadata of the first PutResult */
  put(command: Uint8Array, table: Table, maxRows?: number): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      const call = this.#client.makeBidiStreamRequest(FLIGHT_METHODS.doPut.path, raw, same, this.#metadata);
      let answer: Uint8Array | undefined;
      call.on("data", (bytes: Buffer) => (answer ??= putResult.decode(bytes).appMetadata));
      call.on("error", reject);
      call.on("end", () => resolve(answer));
      let descriptor: ReturnType<typeof commandDescriptor> | undefined = commandDescriptor(command);
      for (const message of messagesFromTable(table, maxRows === undefined ? {} : { maxRows })) {
        call.write(encodeFlightData({ ...message, ...(descriptor && { descriptor }) }));
        descriptor = undefined;
      }
      call.end();
    });
  }

  /** Sends the first messages of an upload, waits, and hangs up. */
  async breakOff(command: Uint8Array, table: Table, messages: number, until: () => Promise<void>): Promise<void> {
    const call = this.#client.makeBidiStreamRequest(FLIGHT_METHODS.doPut.path, raw, same, this.#metadata);
    call.on("error", () => undefined);
    let descriptor: ReturnType<typeof commandDescriptor> | undefined = commandDescriptor(command);
    let sent = 0;
    for (const message of messagesFromTable(table, { maxRows: 1000 })) {
      const bytes = encodeFlightData({ ...message, ...(descriptor && { descriptor }) });
      await new Promise((written) => call.write(bytes, written));
      descriptor = undefined;
      if ((sent += 1) > messages) break;
    }
    await until();
    call.cancel();
  }

  /** @returns the bodies of the results */
  async act(type: string, body: Uint8Array): Promise<Uint8Array[]> {
    const bodies: Uint8Array[] = [];
    for await (const bytes of this.#client.makeServerStreamRequest(
      FLIGHT_METHODS.doAction.path,
      raw,
      same,
      action.encode({ type, body }),
      this.#metadata,
    )) {
      bodies.push(result.decode(bytes).body);
    }
    return bodies;
  }

  close(): void {
    this.#client.close();
  }
}
