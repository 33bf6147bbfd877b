import { randomUUID } from "node:crypto";
import type { Exchange } from "../proxy/call";
import { header } from "../proxy/http";
import type { RecordJson } from "../signal-path/hop-event";
import { atSeconds } from "./caller";
import type { EventKind } from "./event-kind";
import { nameFields } from "./event-name";
import type { Fields } from "./fields";
import { requestIdOf, type CallFailure } from "./outcome";
import { requestParameters, responseElements } from "./parameters";
import { isReadOnly } from "./read-only";
import type { Resource } from "./resources";

/** The parts that all records of one call share, in whichever account. */
export interface ObservedCall {
  readonly exchange: Exchange;
  readonly input: Fields;
  readonly output: Fields;
  readonly failure: CallFailure | undefined;
  readonly resources: readonly Resource[];
  readonly kind: EventKind;
}

/** The account whose trail gets the record, and the caller as seen from that account. */
export interface View {
  readonly userIdentity: Fields;
  readonly recipientAccountId: string;
  /** The same in the records of one call in two accounts. */
  readonly sharedEventID?: string;
}

/** Calls come from this machine. */
const SOURCE_ADDRESS = "127.0.0.1";

/** A record as CloudTrail writes it, its fields in CloudTrail's order. */
export function createRecord(
  observed: ObservedCall,
  { userIdentity, recipientAccountId, sharedEventID }: View,
): RecordJson {
  const { exchange, input, output, failure, resources, kind } = observed;
  const { call, request, at } = exchange;
  return {
    eventVersion: "1.11",
    userIdentity,
    eventTime: atSeconds(at),
    ...nameFields(call),
    sourceIPAddress: SOURCE_ADDRESS,
    userAgent: header(request, "user-agent"),
    ...failure,
    requestParameters: requestParameters(exchange, input, failure),
    responseElements: responseElements(exchange, output, failure),
    requestID: requestIdOf(exchange),
    eventID: randomUUID(),
    readOnly: isReadOnly(call),
    ...(resources.length === 0 ? {} : { resources }),
    eventType: "AwsApiCall",
    managementEvent: kind === "Management",
    recipientAccountId,
    ...(sharedEventID === undefined ? {} : { sharedEventID }),
    eventCategory: kind,
  };
}
