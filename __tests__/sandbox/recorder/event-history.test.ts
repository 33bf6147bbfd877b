import { EventHistory, type LookupQuery } from "../../../sandbox/recorder/event-history";
import type { RecordJson } from "../../../sandbox/signal-path/hop-event";

const ACCOUNT = "111111111111";
const HERE = { account: ACCOUNT, region: "eu-west-1", maxResults: 50 };

function event(eventID: string, changes: RecordJson = {}): RecordJson {
  return {
    eventID,
    eventName: "StopLogging",
    eventSource: "cloudtrail.amazonaws.com",
    eventTime: "2026-01-15T09:30:00Z",
    awsRegion: "eu-west-1",
    readOnly: false,
    userIdentity: { type: "IAMUser", userName: "alice", accessKeyId: "AKIAALICE" },
    requestParameters: { name: "example" },
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...changes,
  };
}

function historyOf(...records: readonly RecordJson[]): EventHistory {
  const history = new EventHistory();
  for (const record of records) history.add(record);
  return history;
}

function ids(history: EventHistory, query: Partial<LookupQuery> = {}): unknown {
  return history.lookup({ ...HERE, ...query })?.records.map(({ eventID }) => eventID);
}

test("events come newest first, in whatever order they were delivered", () => {
  const at = (second: number) => ({ eventTime: `2026-01-15T09:30:0${second}Z` });
  expect(ids(historyOf(event("b", at(2)), event("c", at(3)), event("a", at(1)), event("c2", at(3))))).toEqual([
    "c2",
    "c",
    "b",
    "a",
  ]);
});

test("each account and region has its own, and data events are in none", () => {
  const history = historyOf(
    event("mine"),
    event("elsewhere", { awsRegion: "us-east-1" }),
    event("another's", { recipientAccountId: "222222222222" }),
    event("data", { managementEvent: false }),
  );
  expect(ids(history)).toEqual(["mine"]);
  expect(ids(history, { region: "us-east-1" })).toEqual(["elsewhere"]);
  expect(ids(history, { account: "333333333333" })).toEqual([]);
});

test.each([
  ["EventId", "other"],
  ["EventName", "GetSecretValue"],
  ["EventSource", "secretsmanager.amazonaws.com"],
  ["ReadOnly", "true"],
  ["Username", "web"],
  ["AccessKeyId", "ASIAWEB"],
  ["ResourceName", "MyProjectSecrets"],
  ["ResourceName", "arn:aws:kms:::key/1"],
  ["ResourceType", "AWS::SecretsManager::Secret"],
] as const)("%s finds %s", (key, value) => {
  const arn = "arn:aws:sts::111111111111:assumed-role/Application/web";
  const other = event("other", {
    eventName: "GetSecretValue",
    eventSource: "secretsmanager.amazonaws.com",
    readOnly: true,
    userIdentity: { type: "AssumedRole", arn, accessKeyId: "ASIAWEB" },
    requestParameters: { secretId: "MyProjectSecrets" },
    resources: [{ type: "AWS::KMS::Key", ARN: "arn:aws:kms:::key/1" }],
  });
  expect(ids(historyOf(event("a"), other), { attribute: { key, value } })).toEqual(["other"]);
});

test("times at either end count", () => {
  const time = Date.parse("2026-01-15T09:30:00Z");
  const history = historyOf(event("a"));
  expect(ids(history, { startTime: time, endTime: time })).toEqual(["a"]);
  expect(ids(history, { startTime: time + 1 })).toEqual([]);
  expect(ids(history, { endTime: time - 1 })).toEqual([]);
});

test("pages follow each other while events arrive", () => {
  const history = historyOf(event("a"), event("b"), event("c"));
  const first = history.lookup({ ...HERE, maxResults: 2 });
  expect(first?.records.map(({ eventID }) => eventID)).toEqual(["c", "b"]);
  history.add(event("d"));
  const token = first?.nextToken ?? "";
  const last = history.lookup({ ...HERE, maxResults: 2, nextToken: token });
  expect(last).toEqual({ records: [expect.objectContaining({ eventID: "a" })] });
  expect(history.lookup({ ...HERE, nextToken: "none of ours" })).toBeUndefined();
});

test("no more is kept than is said, the oldest going first", () => {
  const history = new EventHistory(2);
  for (const id of ["a", "b", "c"]) history.add(event(id));
  expect(ids(history)).toEqual(["c", "b"]);
});
