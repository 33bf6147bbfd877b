import { randomUUID } from "node:crypto";
import type { EventHistory, LookupQuery } from "../../recorder/event-history";
import { LOOKUP_ATTRIBUTES, lookupResources, userNameOf } from "../../recorder/lookup-attributes";
import { fieldsOf } from "../../recorder/fields";
import type { RecordJson } from "../../signal-path/hop-event";
import { errorResponse, type AwsError } from "../aws-error";
import { CallerAccounts } from "../caller-account";
import { jsonOf, type Shim } from "../shim";

/** The most events in one CloudTrail response, and the default. */
const MOST_RESULTS = 50;

/** Answers from the history that the sandbox's CloudTrail keeps: moto has none. */
export function lookupEvents(history: EventHistory): Shim {
  const callers = new CallerAccounts();
  return {
    service: "cloudtrail",
    operations: ["LookupEvents"],
    why: "does not implement the event history",
    does: "returns the management events that CloudTrail has delivered, of the caller's account and region",
    answer: async (request, send, call) => {
      const lookup = queryOf(jsonOf(request));
      if ("code" in lookup) return errorResponse(call.protocol, lookup);
      // Insights events are another category, and the sandbox has none.
      if (lookup.insight) return answer({ Events: [] });
      const page = history.lookup({
        ...lookup.query,
        account: await callers.accountOf(request, send),
        region: call.region,
      });
      if (page === undefined) {
        return errorResponse(call.protocol, { code: "InvalidNextTokenException", message: "Invalid token." });
      }
      return answer({ Events: page.records.map(eventOf), NextToken: page.nextToken });
    },
  };
}

interface LookupRequest {
  readonly query: Omit<LookupQuery, "account" | "region">;
  readonly insight: boolean;
}

/** The query in a request, or its first error, in the order in which CloudTrail checks. */
function queryOf(input: Record<string, unknown>): LookupRequest | AwsError {
  const { LookupAttributes: attributes = [], MaxResults: maxResults = MOST_RESULTS } = input;
  const { StartTime: startTime, EndTime: endTime, NextToken: nextToken, EventCategory: category } = input;
  if (typeof maxResults !== "number" || maxResults < 1 || maxResults > MOST_RESULTS) {
    return { code: "InvalidMaxResultsException", message: `MaxResults must be from 1 to ${MOST_RESULTS}.` };
  }
  const [attribute, ...more] = Array.isArray(attributes) ? attributes.map(fieldsOf) : [];
  const key = LOOKUP_ATTRIBUTES.find((name) => name === attribute?.["AttributeKey"]);
  const value = attribute?.["AttributeValue"];
  if (more.length > 0 || (attribute !== undefined && (key === undefined || typeof value !== "string"))) {
    return { code: "InvalidLookupAttributesException", message: "Specify one attribute, with a key and a value." };
  }
  if (typeof startTime === "number" && typeof endTime === "number" && startTime > endTime) {
    return { code: "InvalidTimeRangeException", message: "The start time is after the end time." };
  }
  const query = {
    maxResults,
    ...(key === undefined || typeof value !== "string" ? {} : { attribute: { key, value } }),
    ...(typeof startTime === "number" ? { startTime: startTime * 1000 } : {}),
    ...(typeof endTime === "number" ? { endTime: endTime * 1000 } : {}),
    ...(typeof nextToken === "string" ? { nextToken } : {}),
  };
  return { query, insight: category === "insight" };
}

/** An event as `LookupEvents` returns it: a few of its fields, and the record as text. */
function eventOf(record: RecordJson): object {
  return {
    EventId: record["eventID"],
    EventName: record["eventName"],
    ReadOnly: String(record["readOnly"]),
    AccessKeyId: fieldsOf(record["userIdentity"])["accessKeyId"],
    EventTime: Date.parse(String(record["eventTime"])) / 1000,
    EventSource: record["eventSource"],
    Username: userNameOf(record),
    Resources: lookupResources(record).map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

function answer(output: object) {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() },
    body: Buffer.from(JSON.stringify(output)),
  };
}
