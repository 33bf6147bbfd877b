import { conditionsFor, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole } from "../../../detections/example-record";
import { guard } from "../../../detections/packs/guard";
import { ALARM_CALLS } from "../../../detections/packs/guard/alarm-changed";
import { RULE_CALLS } from "../../../detections/packs/guard/event-rule-changed";
import { LOG_GROUP_CALLS } from "../../../detections/packs/guard/log-group-changed";
import { TOPIC_CALLS } from "../../../detections/packs/guard/topic-changed";
import { TRAIL_CALLS } from "../../../detections/packs/guard/trail-changed";
import { ROLE_CALLS } from "../../../detections/packs/guard/watcher-role-changed";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const MEMBER = "444455556666";
const MANAGEMENT = EXAMPLE_ACCOUNT.id;
const detections = guard.detections.flatMap((detection) =>
  detection.id.startsWith("member-") && "condition" in detection ? [detection] : [],
);

/** Ids of the detections that match, once for each matching filter. */
function matching(record: CloudTrailRecord, changes: Partial<WatchedAccount> = {}): string[] {
  const account = { ...EXAMPLE_ACCOUNT, ...changes };
  return detections.flatMap((detection) =>
    conditionsFor(detection, account)
      .filter((condition) => predicate(condition)(record))
      .map(() => detection.id),
  );
}

function session(account: string, role: string, name: string): object {
  const identity = JSON.stringify(assumedRole(role, name));
  return JSON.parse(identity.replaceAll(MANAGEMENT, account)) as object;
}

const DEPLOYMENT = session(MEMBER, "OrganizationAccountAccessRole", "trailwatch");
const TOPIC = "arn:aws:sns:eu-west-1:444455556666:trailwatch-alerts";

/** The parameter that names the resource of each call, by service. */
const BY_SERVICE: readonly [string, string, readonly string[], (name: string) => object][] = [
  ["member-silenced", "events", RULE_CALLS, () => ({ name: "trailwatch-2" })],
  ["member-silenced", "logs", LOG_GROUP_CALLS, () => ({ logGroupName: "/trailwatch/payments/account-trail" })],
  ["member-silenced", "cloudtrail", TRAIL_CALLS, () => ({ trailName: "trailwatch-account" })],
  [
    "member-silenced",
    "cloudtrail",
    ["StopLogging", "DeleteTrail", "UpdateTrail"],
    () => ({ name: "trailwatch-account" }),
  ],
  [
    "member-alarms-changed",
    "monitoring",
    ALARM_CALLS,
    (name) => {
      const alarmNames = ["trailwatch-payments-root-use"];
      return name === "PutAlarmMuteRule" ? { muteTargets: { alarmNames } } : { alarmNames };
    },
  ],
  ["member-topics-changed", "sns", TOPIC_CALLS, () => ({ topicArn: TOPIC })],
  ["member-roles-changed", "iam", ROLE_CALLS, () => ({ roleName: "trailwatch-event-forwarding" })],
];

describe.each([
  ["a member account", MEMBER],
  ["the management account", MANAGEMENT],
])("in %s", (_where, recipientAccountId) => {
  test.each(BY_SERVICE)("%s has every call of %s that guard has", (id, service, calls, parameters) => {
    for (const name of calls) {
      const record = apiCall(service, name, { recipientAccountId, requestParameters: parameters(name) });
      expect([name, ...matching(record)]).toEqual([name, id]);
    }
  });
});

describe("the organization's own deployment", () => {
  const change = (name: string, requestParameters: object, userIdentity: object) =>
    apiCall("monitoring", name, { recipientAccountId: MEMBER, userIdentity, requestParameters });
  const put = { alarmName: "trailwatch-payments-root-use" };

  test("may make the calls of a deployment in any account", () => {
    expect(matching(change("PutMetricAlarm", put, DEPLOYMENT))).toEqual([]);
  });

  test.each<[string, object, object]>([
    ["SetAlarmState", put, DEPLOYMENT],
    ["DisableAlarmActions", { alarmNames: [put.alarmName] }, DEPLOYMENT],
    ["PutMetricAlarm", put, session(MEMBER, "OrganizationAccountAccessRole", "alice")],
    ["PutMetricAlarm", put, session(MEMBER, "Developer", "trailwatch")],
  ])("does not include %s", (name, parameters, identity) => {
    expect(matching(change(name, parameters, identity))).toEqual(["member-alarms-changed"]);
  });

  test("is known by each of several roles, with a path or without", () => {
    const roles = { deploymentRoles: ["OrganizationAccountAccessRole", "ops/deploy"] };
    const by = (role: string, name: string) =>
      matching(change("PutMetricAlarm", put, session(MEMBER, role, name)), roles);
    expect(by("deploy", "trailwatch")).toEqual([]);
    expect(by("OrganizationAccountAccessRole", "trailwatch")).toEqual([]);
    expect(by("deploy", "alice")).toEqual(["member-alarms-changed"]);
    expect(by("Developer", "trailwatch")).toEqual(["member-alarms-changed"]);
  });

  test("is unknown where no role is: then every change counts", () => {
    const record = change("PutMetricAlarm", put, DEPLOYMENT);
    expect(matching(record, { deploymentRoles: [] })).toEqual(["member-alarms-changed"]);
  });
});

test.each<[string, string, object, string[]]>([
  ["another team's log resource policy", "PutResourcePolicy", { policyName: "dns", policyDocument: "{}" }, []],
  [
    "a log resource policy of any name that denies",
    "PutResourcePolicy",
    { policyName: "x", policyDocument: '{"Statement":[{"Effect":"Deny","Principal":"*"}]}' },
    ["member-silenced"],
  ],
  ["the deletion of our policy", "DeleteResourcePolicy", { policyName: "trailwatch-events" }, ["member-silenced"]],
  ["a transformer for all log groups", "PutAccountPolicy", { policyType: "TRANSFORMER_POLICY" }, ["member-silenced"]],
  ["an index for all log groups", "PutAccountPolicy", { policyType: "FIELD_INDEX_POLICY" }, []],
  [
    "a key for a log group by its ARN",
    "AssociateKmsKey",
    { resourceIdentifier: "arn:aws:logs:eu-west-1:444455556666:log-group:/aws/events/trailwatch" },
    ["member-silenced"],
  ],
  ["another team's log group", "DeleteLogGroup", { logGroupName: "/app" }, []],
])("%s", (_what, name, requestParameters, ids) => {
  expect(matching(apiCall("logs", name, { recipientAccountId: MEMBER, requestParameters }))).toEqual(ids);
});

test("nothing to watch without buckets", () => {
  const account = { ...EXAMPLE_ACCOUNT, organizationBuckets: [] };
  expect(detections.filter((each) => conditionsFor(each, account).length === 0).map(({ id }) => id)).toEqual([
    "member-archive-changed",
  ]);
});
