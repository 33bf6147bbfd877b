import { feedsOf } from "../../../signals";
import type { LiveRule } from "../../../sandbox/signal-path/deployed/deployed-account";
import { evaluateRecord } from "../../../sandbox/signal-path/evaluated-record";
import { ACCOUNT, accountWith, REGION } from "./alarms";

const RECORD = {
  eventVersion: "1.11",
  eventID: "1",
  eventTime: "2026-11-22T20:30:00Z",
  eventSource: "secretsmanager.amazonaws.com",
  eventName: "GetSecretValue",
  eventType: "AwsApiCall",
  eventCategory: "Management",
  managementEvent: true,
  readOnly: true,
  awsRegion: REGION,
  recipientAccountId: ACCOUNT,
};

function rule(name: string, eventName: string): LiveRule {
  const pattern = JSON.stringify({ detail: { eventName: [eventName] } });
  const state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  const arn = `arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`;
  return { arn, name, region: REGION, pattern, state, logGroups: ["/aws/events/example"], forwardsTo: [], notices: [] };
}

function evaluate(rules: readonly LiveRule[], record = RECORD) {
  const accounts = [{ ...accountWith(), rules }];
  const { feeds } = evaluateRecord(record, 0, { accounts, feeds: feedsOf({ accounts, warnings: [] }) });
  return feeds.map(({ feed, name, passes }) => [feed.logGroup, name.split(" ")[1], passes]);
}

const GROUP = "/aws/events/example";

test("rules that stop what another brings into the same log group are omitted", () => {
  expect(evaluate([rule("reads", "GetSecretValue"), rule("writes", "PutSecretValue")])).toEqual([
    [GROUP, "reads", true],
  ]);
});

test("every rule that stops what none lets through is listed", () => {
  expect(evaluate([rule("writes", "PutSecretValue"), rule("users", "CreateUser")])).toEqual([
    [GROUP, "writes", false],
    [GROUP, "users", false],
  ]);
});

test("feeds of other accounts are omitted, and a foreign account has no feed", () => {
  expect(evaluate([rule("reads", "GetSecretValue")], { ...RECORD, recipientAccountId: "222222222222" })).toEqual([]);
});
