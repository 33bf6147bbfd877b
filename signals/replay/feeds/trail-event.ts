import type { ParsedEvent } from "../../../lib/patterns/filter-pattern/parsed-event";
import { isObject, JsonNumber, type JsonObject, type JsonValue } from "../../../lib/patterns/json/json-value";
import { fieldOf, stringField, type ParsedRecord } from "../../records/cloudtrail-record";
import type { SelectableEvent } from "../../deployment/event-selector";

/** A record on the signal path, in the account that it is evaluated for. */
export interface TrailEvent {
  readonly record: ParsedRecord;
  readonly account: string;
  readonly category: string;
  readonly isReadOnly: boolean;
  /** The log event that a trail writes. */
  readonly asRecord: ParsedEvent;
  /** The log event that EventBridge writes. */
  readonly asEnvelope: ParsedEvent & { readonly json: JsonObject };
}

/** Source: EventBridge User Guide, events of AWS services via CloudTrail. */
const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
  AwsCloudTrailInsight: "AWS Insight via CloudTrail",
};

/**
 * A record evaluated for another account names that account: patterns for the organization's trail test the account.
 */
export function trailEvent(given: ParsedRecord, account: string): TrailEvent {
  const json = given.account === account ? given.json : { ...given.json, recipientAccountId: account };
  return new RecordedEvent({ ...given, json, account });
}

/** Most properties are needed for few events only, so they are created on demand. */
class RecordedEvent implements TrailEvent {
  readonly asRecord: LoggedEvent;
  private envelope: LoggedEvent | undefined;

  constructor(readonly record: ParsedRecord) {
    this.asRecord = new LoggedEvent(record.json);
  }

  get account(): string {
    return this.record.account;
  }

  get category(): string {
    return categoryOf(this.record.json);
  }

  get isReadOnly(): boolean {
    return isReadOnly(this.record.json);
  }

  get asEnvelope(): LoggedEvent {
    this.envelope ??= new LoggedEvent(envelopeOf(this.record));
    return this.envelope;
  }
}

function envelopeOf({ json, account, region, eventId }: ParsedRecord): JsonObject {
  return {
    version: "0",
    id: eventId ?? "",
    "detail-type": DETAIL_TYPES[stringField(json, "eventType") ?? ""] ?? "AWS API Call via CloudTrail",
    source: `aws.${(stringField(json, "eventSource") ?? "").replace(/\.amazonaws\.com$/, "")}`,
    account,
    time: stringField(json, "eventTime") ?? "",
    region,
    resources: [],
    detail: json,
  };
}

/** The event as seen by trails' selectors. */
export function selectable({ record: { json }, category, isReadOnly }: TrailEvent): SelectableEvent {
  return {
    resources: resourcesOf(json).map((resource) => ({
      "resources.type": stringField(resource, "type"),
      // A call that names no single object, such as DeleteObjects, has the beginning of the ARNs of all.
      "resources.ARN": stringField(resource, "ARN") ?? stringField(resource, "ARNPrefix"),
    })),
    valuesOf: (field) => {
      switch (field) {
        case "eventCategory":
          return [category];
        case "readOnly":
          return [String(isReadOnly)];
        case "userIdentity.arn": {
          const identity = fieldOf(json, "userIdentity");
          return identity !== undefined && isObject(identity) ? texts(identity, "arn") : [];
        }
        default:
          return OWN_FIELDS.includes(field) ? texts(json, field) : [];
      }
    },
  };
}

/** Fields with the same name in selectors and in the record. */
const OWN_FIELDS = ["eventSource", "eventName", "eventType", "sessionCredentialFromConsole"];

function resourcesOf(json: JsonObject): readonly JsonObject[] {
  const resources = fieldOf(json, "resources");
  return Array.isArray(resources) ? (resources as readonly JsonValue[]).filter(isObject) : [];
}

function texts(json: JsonObject, key: string): readonly string[] {
  const text = stringField(json, key);
  return text === undefined ? [] : [text];
}

/** Records before version 1.08 do not contain their category. */
function categoryOf(json: JsonObject): string {
  const category = stringField(json, "eventCategory");
  if (category !== undefined) return category;
  if (stringField(json, "eventType") === "AwsCloudTrailInsight") return "Insight";
  return fieldOf(json, "managementEvent") === false ? "Data" : "Management";
}

function isReadOnly(json: JsonObject): boolean {
  const readOnly = fieldOf(json, "readOnly");
  if (typeof readOnly === "boolean") return readOnly;
  return /^(?:Get|List|Describe|Head|Lookup|BatchGet)/.test(stringField(json, "eventName") ?? "");
}

/** An event whose parsed form exists already; the text is created when a pattern needs it. */
class LoggedEvent implements ParsedEvent {
  private text: string | undefined;

  constructor(readonly json: JsonObject) {}

  get message(): string {
    this.text ??= JSON.stringify(this.json, (_key, value: unknown) =>
      value instanceof JsonNumber ? value.value : value,
    );
    return this.text;
  }
}
