import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import {
  DoActionRequestSchema,
  DoGetRequestSchema,
  DoPutRequestSchema,
  RecordQueryDescriptorSchema,
  type DoActionRequest,
  type DoGetRequest,
  type DoPutRequest,
  type RecordQueryDescriptor,
} from "../gen/public/flight_pb.js";
import { FlightFormatError } from "./errors.js";
import { ACTION_TYPES } from "./methods.js";

type Chosen<T extends { readonly case: string | undefined }> = Exclude<T, { case: undefined }>;

/** What a command asks for: `case` names the request, `value` holds it. */
export type DoGetCommand = Chosen<DoGetRequest["request"]>;
export type DoPutCommand = Chosen<DoPutRequest["request"]>;
export type DoActionCommand = Chosen<DoActionRequest["request"]>;

type InitOf<D extends DescMessage> =
  MessageInitShape<D> extends infer I ? (I extends { request?: infer R } ? NonNullable<R> : never) : never;

/**
 * Reads the JSON in a DoGet ticket. As proto3 JSON has it: camelCase or snake_case, absent means default, 64-bit integers
 * as strings or numbers; unknown keys are ignored.
 * @throws FlightFormatError saying what is wrong and which requests exist
 */
export function parseDoGetRequest(ticket: Uint8Array): DoGetCommand {
  const { request } = parse(DoGetRequestSchema, ticket, "DoGet ticket");
  if (request.case === undefined) throw noRequest(DoGetRequestSchema, "DoGet ticket");
  return request;
}

/** Reads the JSON in a DoPut descriptor; leniency and errors as parseDoGetRequest. */
export function parseDoPutRequest(cmd: Uint8Array): DoPutCommand {
  const { request } = parse(DoPutRequestSchema, cmd, "DoPut command");
  if (request.case === undefined) throw noRequest(DoPutRequestSchema, "DoPut command");
  return request;
}

/**
 * Reads the JSON in an action's body; leniency and errors as parseDoGetRequest.
 * @param actionType `Action.type`; when given it must be the one that belongs to the request
 */
export function parseDoActionRequest(body: Uint8Array, actionType?: string): DoActionCommand {
  const { request } = parse(DoActionRequestSchema, body, "DoAction body");
  if (request.case === undefined) throw noRequest(DoActionRequestSchema, "DoAction body");
  const expected = ACTION_TYPES[request.case];
  if (actionType === undefined || actionType === expected) return request;
  throw new FlightFormatError(
    `action type ${JSON.stringify(actionType)} does not fit its body, which asks for ${request.case}; send type "${expected}"`,
  );
}

/** Reads the export query of GetFlightInfo, which carries no wrapper; leniency and errors as parseDoGetRequest. */
export function parseRecordQuery(cmd: Uint8Array): RecordQueryDescriptor {
  return parse(RecordQueryDescriptorSchema, cmd, "GetFlightInfo command");
}

/** DoGet ticket bytes: lowerCamel proto3 JSON, defaults omitted, as the official clients write it. */
export function encodeDoGetRequest(request: InitOf<typeof DoGetRequestSchema>): Uint8Array {
  return encode(DoGetRequestSchema, { request });
}

export function encodeDoPutRequest(request: InitOf<typeof DoPutRequestSchema>): Uint8Array {
  return encode(DoPutRequestSchema, { request });
}

export function encodeDoActionRequest(request: InitOf<typeof DoActionRequestSchema>): Uint8Array {
  return encode(DoActionRequestSchema, { request });
}

export function encodeRecordQuery(query: MessageInitShape<typeof RecordQueryDescriptorSchema>): Uint8Array {
  return encode(RecordQueryDescriptorSchema, query);
}

function encode<D extends DescMessage>(schema: D, message: MessageInitShape<D>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(toJson(schema, create(schema, message)), null, 2));
}

function parse<D extends DescMessage>(schema: D, bytes: Uint8Array, what: string): MessageShape<D> {
  let json: JsonValue;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue; // boundary: fromJson checks it below
  } catch {
    throw new FlightFormatError(`${what} is not JSON; send a ${schema.name} as UTF-8 proto3 JSON`);
  }
  requireKnownEnums(schema, json, what);
  try {
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch (cause) {
    throw new FlightFormatError(
      `${what} is not a ${schema.name}: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function noRequest(schema: DescMessage, what: string): FlightFormatError {
  return new FlightFormatError(
    `${what} names no request; expected one of ${schema.fields.map((field) => field.jsonName).join(", ")}`,
  );
}

/** Unknown keys are ignored, but fromJson would then read an unknown enum name as the default: a wrong answer, unnoticed. */
function requireKnownEnums(schema: DescMessage, json: JsonValue | undefined, what: string): void {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return;
  for (const field of schema.fields) {
    const value = json[field.jsonName] ?? json[field.name];
    if (field.fieldKind === "message") requireKnownEnums(field.message, value, what);
    if (field.fieldKind !== "enum" || typeof value !== "string") continue;
    const names = field.enum.values.map((known) => known.name);
    if (names.includes(value)) continue;
    throw new FlightFormatError(
      `${what} has ${field.jsonName} ${JSON.stringify(value)}; expected one of ${names.join(", ")}`,
    );
  }
}
