import type { AwsResponse } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { lookupEvents } from "../../../sandbox/proxy/shims/lookup-events";
import { EventHistory } from "../../../sandbox/recorder/event-history";
import { answer, jsonCall } from "./requests";

const history = new EventHistory();
const RECORD = {
  eventID: "1",
  eventName: "GetSecretValue",
  eventSource: "secretsmanager.amazonaws.com",
  eventTime: "2026-01-15T09:30:00Z",
  awsRegion: "eu-west-1",
  readOnly: true,
  userIdentity: { type: "IAMUser", userName: "alice", accessKeyId: "AKIAALICE" },
  requestParameters: { secretId: "MyProjectSecrets" },
  managementEvent: true,
  recipientAccountId: "111111111111",
};
history.add(RECORD);
history.add({ ...RECORD, eventID: "2", eventName: "ListSecrets", requestParameters: null });

function lookup(input: object): Promise<AwsResponse> {
  const request = jsonCall("cloudtrail", "LookupEvents", input);
  const moto = answer("<Account>111111111111</Account>");
  return lookupEvents(history).answer(request, () => Promise.resolve(moto), identify(request));
}

const json = (response: AwsResponse): unknown => JSON.parse(response.body.toString());
const named = (AttributeKey: string, AttributeValue: string) => ({ AttributeKey, AttributeValue });

test("answers events as CloudTrail shows them", async () => {
  const response = await lookup({ LookupAttributes: [named("EventName", "GetSecretValue")] });
  expect(json(response)).toEqual({
    Events: [
      {
        EventId: "1",
        EventName: "GetSecretValue",
        EventSource: "secretsmanager.amazonaws.com",
        EventTime: Date.parse(RECORD.eventTime) / 1000,
        ReadOnly: "true",
        AccessKeyId: "AKIAALICE",
        Username: "alice",
        Resources: [{ ResourceType: "AWS::SecretsManager::Secret", ResourceName: "MyProjectSecrets" }],
        CloudTrailEvent: JSON.stringify(RECORD),
      },
    ],
  });
});

test("answers in pages, and no Insights events", async () => {
  expect(json(await lookup({ MaxResults: 1 }))).toMatchObject({ Events: [{ EventId: "2" }], NextToken: "2" });
  expect(json(await lookup({ MaxResults: 50, NextToken: "2" }))).toMatchObject({ Events: [{ EventId: "1" }] });
  expect(json(await lookup({ EventCategory: "insight" }))).toEqual({ Events: [] });
});

test("takes times in seconds", async () => {
  const at = Date.parse(RECORD.eventTime) / 1000;
  expect(json(await lookup({ StartTime: at + 1 }))).toEqual({ Events: [] });
  expect(json(await lookup({ EndTime: at }))).toMatchObject({ Events: [{ EventId: "2" }, { EventId: "1" }] });
});

test.each([
  ["InvalidMaxResultsException", { MaxResults: 0 }],
  ["InvalidMaxResultsException", { MaxResults: 51 }],
  ["InvalidLookupAttributesException", { LookupAttributes: [named("EventName", "a"), named("EventId", "b")] }],
  ["InvalidLookupAttributesException", { LookupAttributes: [named("Colour", "red")] }],
  ["InvalidTimeRangeException", { StartTime: 2, EndTime: 1 }],
  ["InvalidNextTokenException", { NextToken: "none of ours" }],
])("refuses with %s: %j", async (code, input) => {
  const response = await lookup(input);
  expect(response.status).toBe(400);
  expect(json(response)).toMatchObject({ __type: code });
});
