import { detectionChanges, readDeployment, type DeployedAccount, type DeployedAlarm } from "../../../signals";
import { folderOf } from "../deployment/terraform-folder";

const ALARM: DeployedAlarm = {
  name: "trailwatch-payments-denied-call-burst",
  metricName: "denied-call-burst",
  namespace: "Trailwatch",
  description: "Many denied calls (medium notice)\nmore",
  statistic: "Sum",
  comparison: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
  periodSeconds: 300,
  evaluationPeriods: 1,
  threshold: 10,
  actionsEnabled: true,
  alarmActions: ["arn:aws:sns:eu-west-1:1:trailwatch-notices"],
  okActions: [],
  insufficientDataActions: [],
};

interface Changes {
  readonly alarm?: Partial<DeployedAlarm>;
  readonly pattern?: string;
  readonly subscribers?: readonly string[];
}

/** An account with one detection. */
function account(
  name: string,
  id: string,
  { alarm, pattern, subscribers = ["a@example.com"] }: Changes = {},
): DeployedAccount {
  return {
    id,
    name,
    logGroups: [],
    trails: [],
    rules: [],
    filters: [
      {
        name: "trailwatch-denied-call-burst",
        logGroup: "/aws/events/trailwatch",
        pattern: pattern ?? `{ $.detail.errorCode = "AccessDenied" && $.detail.recipientAccountId = "${id}" }`,
        transformation: { metricName: "denied-call-burst", metricNamespace: "Trailwatch", metricValue: "1" },
      },
    ],
    alarms: [{ ...ALARM, name: `trailwatch-${name}-denied-call-burst`, ...alarm }],
    subscriptions: subscribers.map((endpoint) => ({
      topicArn: `arn:aws:sns:eu-west-1:${id}:trailwatch-alerts`,
      protocol: "email",
      endpoint,
    })),
  };
}

const deployed = (...accounts: DeployedAccount[]) => ({ accounts, warnings: [] });
const changed = (before: Changes, after: Changes) =>
  detectionChanges(
    deployed(account("payments", "111122223333", before)),
    deployed(account("payments", "111122223333", after)),
  ).changes.flatMap(({ details }) => details);
const where = (condition: string): Changes => ({ pattern: `{ ${condition} }` });

test("nothing changed, nothing is said", () => {
  const same = deployed(account("payments", "111122223333"), account("zoo", "222233334444"));
  expect(detectionChanges(same, same)).toEqual({ changes: [], accountsAdded: [], accountsRemoved: [] });
});

test("the same change of several accounts is one, although ids and names of accounts differ", () => {
  const accounts = (alarm?: Partial<DeployedAlarm>) =>
    deployed(account("zoo", "222233334444", { alarm }), account("payments", "111122223333", { alarm }));
  const quiet = account("quiet", "333344445555");
  const before = accounts();
  const after = accounts({ threshold: 20 });
  expect(
    detectionChanges(
      { ...before, accounts: [...before.accounts, quiet] },
      { ...after, accounts: [...after.accounts, quiet] },
    ),
  ).toEqual({
    changes: [
      {
        detection: "denied-call-burst",
        kind: "changed",
        details: ["threshold 10 -> 20"],
        accounts: ["payments", "zoo"],
      },
    ],
    accountsAdded: [],
    accountsRemoved: [],
  });
});

test.each<[string, Partial<DeployedAlarm>, string]>([
  ["period", { periodSeconds: 60 }, "period 300 s -> 60 s"],
  ["periods", { evaluationPeriods: 3 }, "periods 1 of 1 -> 3 of 3"],
  ["severity", { description: "Many denied calls (critical alert)" }, "severity medium -> critical"],
  ["severity without its topic", { description: "Many denied calls (high)" }, "severity medium -> high"],
  [
    "severity after a title with brackets",
    { description: "Hold (low notice) off (high alert)" },
    "severity medium -> high",
  ],
  ["comparison", { comparison: "LessThanThreshold" }, "alarm when GreaterThanOrEqualToThreshold -> LessThanThreshold"],
  ["missing data", { treatMissingData: "breaching" }, "without data notBreaching -> breaching"],
  [
    "topic",
    { alarmActions: ["arn:aws:sns:eu-west-1:1:trailwatch-alerts"] },
    "notifies trailwatch-notices -> trailwatch-alerts",
  ],
  ["actions", { actionsEnabled: false }, "notifies trailwatch-notices -> none"],
])("%s is said in words", (_what, alarm, words) => {
  expect(changed({}, { alarm })).toEqual([words]);
});

describe("of a condition", () => {
  test.each([
    ['$.a = 1 && ($.f NOT EXISTS || $.f != "x")', ['now ignores f = "x"']],
    ['$.a = 1 && $.f != "x"', ['now ignores f = "x"']],
    ["$.a = 1 && ($.f NOT EXISTS || $.f != %^x%)", ["now ignores f = %^x%"]],
    ['$.a = 1 && ($.f NOT EXISTS || $.f != "x" || $.g NOT EXISTS || $.g != "y*")', ['now ignores f = "x" && g = "y*"']],
    [
      '$.a = 1 && ($.f NOT EXISTS || $.f != "x" || (($.g NOT EXISTS || $.g != "1.*") && ($.g NOT EXISTS || $.g != "2.*")))',
      ['now ignores f = "x" && (g = "1.*" || g = "2.*")'],
    ],
    ['$.a = 1 && ($.f NOT EXISTS || $.f != "x" || $.n = B)', ['now requires f NOT EXISTS || f != "x" || n = B']],
    ["$.a = 1 && $.b = 2", ["now requires b = 2"]],
    ["$.b = 2", ["now requires b = 2", "no longer requires a = 1"]],
    ['$.a = 1 && ($.f NOT EXISTS || $.g != "x")', ['now requires f NOT EXISTS || g != "x"']],
  ])("%s: %j", (condition, words) => {
    expect(changed(where("$.a = 1"), where(condition))).toEqual(words);
  });

  test("what is ignored no longer is said too", () => {
    expect(changed(where('$.a = 1 && $.f != "x"'), where("$.a = 1"))).toEqual(['no longer ignores f = "x"']);
  });

  test("alternatives that come and go are said without those that stay", () => {
    expect(changed(where("$.a = 1 && ($.n = A || $.n = B)"), where("$.a = 1 && ($.n = B || $.n = C)"))).toEqual([
      "now also counts n = C",
      "no longer counts n = A",
    ]);
  });

  test("the same parts put together otherwise are not passed over", () => {
    expect(changed(where("$.a = 1 || $.b = 2 && $.c = 3"), where("$.a = 1 || $.c = 3 && $.b = 2"))).not.toEqual([]);
    expect(changed(where("$.a = 1 && $.b = 2"), where("$.b = 2 && $.a = 1"))).toEqual([
      "condition: the same parts, put together otherwise",
    ]);
  });

  test("where a record begins says nothing of what is watched", () => {
    expect(changed(where("$.detail.a = 1"), where("$.a = 1"))).toEqual([]);
  });

  test("a pattern that cannot be read is compared as it stands", () => {
    expect(changed(where("$.a = 1"), { pattern: "{ broken" })).toEqual([
      "now requires { broken",
      "no longer requires a = 1",
    ]);
  });
});

test("a detection that is new, and one that is gone", () => {
  const other = { alarm: { name: "trailwatch-payments-root-use", metricName: "root-use" } };
  expect(
    detectionChanges(
      deployed(account("payments", "111122223333")),
      deployed(account("payments", "111122223333", other)),
    ).changes,
  ).toMatchObject([
    { detection: "denied-call-burst", kind: "removed" },
    { detection: "root-use", kind: "added", details: ["severity medium", "threshold 10", "period 300 s"] },
  ]);
});

test("subscriber changes", () => {
  expect(
    detectionChanges(
      deployed(account("payments", "111122223333")),
      deployed(account("payments", "111122223333", { subscribers: ["b@example.com"] })),
    ).changes,
  ).toEqual([
    {
      detection: "trailwatch-alerts",
      kind: "subscribers",
      details: ["now notifies b@example.com", "no longer notifies a@example.com"],
      accounts: ["payments"],
    },
  ]);
});

test("an account that comes or goes is one line, not one for each detection", () => {
  expect(detectionChanges(deployed(account("old", "111122223333")), deployed(account("new", "222233334444")))).toEqual({
    changes: [],
    accountsAdded: [{ account: "new", detections: 1 }],
    accountsRemoved: [{ account: "old", detections: 1 }],
  });
});

test("an alarm that learns what is usual watches as one with a threshold does, and its band counts", () => {
  const learning = (width: number): DeployedAccount => {
    const metric = { namespace: "Trailwatch", metric_name: "denied-call-burst", stat: "Sum", period: 300 };
    const alarm = {
      alarm_name: ALARM.name,
      alarm_description: ALARM.description,
      alarm_actions: ALARM.alarmActions,
      evaluation_periods: 1,
      comparison_operator: "GreaterThanUpperThreshold",
      treat_missing_data: "notBreaching",
      threshold_metric_id: "usual",
      metric_query: [
        { id: "events", metric },
        { id: "usual", expression: `ANOMALY_DETECTION_BAND(events, ${width})` },
      ],
    };
    const stack = {
      provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] },
      resource: { aws_cloudwatch_metric_alarm: { alarm } },
    };
    const [{ anomalyAlarms = [] } = { anomalyAlarms: [] }] = readDeployment(
      folderOf({ "main.tf.json": stack }),
    ).accounts;
    return { ...account("payments", "111122223333"), alarms: [], anomalyAlarms };
  };
  const changesOf = (before: DeployedAccount, after: DeployedAccount) =>
    detectionChanges(deployed(before), deployed(after));
  const isLearning = ["threshold 10 -> above ANOMALY_DETECTION_BAND(events, 2)"];
  expect(changesOf(account("payments", "111122223333"), learning(2)).changes).toMatchObject([
    {
      kind: "changed",
      details: [...isLearning, "alarm when GreaterThanOrEqualToThreshold -> GreaterThanUpperThreshold"],
    },
  ]);
  expect(changesOf(learning(2), learning(4)).changes).toMatchObject([
    { details: ["threshold above ANOMALY_DETECTION_BAND(events, 2) -> above ANOMALY_DETECTION_BAND(events, 4)"] },
  ]);
  expect(changesOf(learning(2), learning(2)).changes).toEqual([]);
  expect(changesOf(account("zoo", "222233334444"), learning(2)).accountsAdded).toEqual([
    { account: "payments", detections: 1 },
  ]);
});
