import { apiCall } from "../../../../detections/example-record";
import { parseRecord, unevaluatedAlarms } from "../../../../signals";
import { readDeployment } from "../../../../signals/deployment/read-deployment";
import { Evaluator } from "../../../../signals/replay/evaluation/evaluator";
import type { EvaluatorOptions } from "../../../../signals/replay/evaluation/evaluator-options";
import type { DetectionReport } from "../../../../signals/replay/run/report";
import { ACCOUNT, folderOf, stackWith, trail } from "../../deployment/terraform-folder";

const METRIC_ALARM = "${aws_cloudwatch_metric_alarm.alarm.alarm_name}";

function composite(rule: string, more: object = {}): object {
  return { alarm_name: "burst", alarm_rule: rule, alarm_actions: ["${aws_sns_topic.alerts.arn}"], ...more };
}

function deploymentWith(...composites: readonly object[]): ReturnType<typeof readDeployment> {
  const aws_cloudwatch_composite_alarm = Object.fromEntries(composites.map((block, index) => [`c${index}`, block]));
  return readDeployment(folderOf({ "main.tf.json": stackWith({ ...trail(), aws_cloudwatch_composite_alarm }) }));
}

/** What two matching records set off, the threshold being two. */
function evaluated(
  deployment: ReturnType<typeof readDeployment>,
  options: EvaluatorOptions = {},
): readonly DetectionReport[] {
  const evaluator = new Evaluator(deployment, options);
  for (const eventID of ["one", "two"]) {
    const call = { ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT }), eventID };
    evaluator.add(parseRecord(JSON.stringify(call)));
  }
  return evaluator.report().detections;
}

test.each([METRIC_ALARM, "${aws_cloudwatch_metric_alarm.alarm.arn}", "${aws_cloudwatch_metric_alarm.alarm.id}"])(
  "a composite alarm on %s is raised with it, and notifies its subscribers",
  (child) => {
    const deployment = deploymentWith(composite(`ALARM(${child})`));
    expect(deployment.warnings).toEqual([]);
    expect(evaluated(deployment)).toMatchObject([
      { detection: "key-disabled", matched: 2 },
      {
        account: "workloads",
        detection: "burst",
        matched: 0,
        alarms: [{ alarm: "burst", from: "OK", to: "ALARM", at: Date.parse("2026-01-15T09:31:00Z") }],
        notifications: [{ endpoint: "security@example.com" }],
      },
    ]);
  },
);

test("composite alarms may look at composite alarms, whichever comes first", () => {
  const deployment = deploymentWith(
    composite("ALARM(inner)", { alarm_name: "outer" }),
    composite(`ALARM(${METRIC_ALARM})`, { alarm_name: "inner" }),
  );
  expect(evaluated(deployment).map(({ detection }) => detection)).toEqual(["key-disabled", "inner", "outer"]);
});

test("none is raised while its rule does not hold", () => {
  const deployment = deploymentWith(composite(`ALARM(${METRIC_ALARM}) AND OK(${METRIC_ALARM})`));
  expect(evaluated(deployment).map(({ detection }) => detection)).toEqual(["key-disabled"]);
});

test("a rule that CloudWatch refuses is left out and named", () => {
  const { accounts, warnings } = deploymentWith(composite("ALARM(a) XOR ALARM(b)"));
  expect(accounts[0]?.compositeAlarms).toEqual([]);
  expect(warnings).toEqual([
    expect.stringMatching(/composite_alarm\.c0: a composite alarm's rule must have .*left out/),
  ]);
});

test("suppressed actions are said to be counted", () => {
  const { warnings } = deploymentWith(
    composite(`ALARM(${METRIC_ALARM})`, { actions_suppressor: { alarm: "change-window" } }),
  );
  expect(warnings).toEqual([expect.stringMatching(/composite_alarm\.c0: 'actions_suppressor' is not evaluated/)]);
});

describe("alarms that no record can set off", () => {
  const onAws = { alarm_name: "failed", namespace: "AWS/Events", metric_name: "FailedInvocations" };
  const numbers = { statistic: "Sum", period: 60, evaluation_periods: 1, threshold: 1 };
  const alarm = { ...onAws, ...numbers, comparison_operator: "GreaterThanThreshold" };
  const deployment = readDeployment(
    folderOf({
      "a.tf.json": stackWith(trail()),
      "b.tf.json": stackWith({
        aws_cloudwatch_metric_alarm: { a: alarm, b: { ...alarm, alarm_name: "failed-too" } },
        aws_cloudwatch_composite_alarm: {
          on: composite("ALARM(failed) OR ALARM(trailwatch-workloads-key-disabled)"),
          circle: composite("ALARM(circle)", { alarm_name: "circle" }),
        },
      }),
    }),
  );

  test("are named by their metric, with the composite alarms on them", () => {
    expect(unevaluatedAlarms(deployment)).toEqual([
      { account: "workloads", metric: "AWS/Events/FailedInvocations", alarms: ["failed", "failed-too"] },
      { account: "workloads", metric: "composite", alarms: ["burst", "circle"] },
    ]);
    expect(unevaluatedAlarms(deploymentWith(composite(`ALARM(${METRIC_ALARM})`)))).toEqual([]);
  });

  test("are left out, and the others evaluated", () => {
    expect(evaluated(deployment).map(({ detection }) => detection)).toEqual(["key-disabled"]);
  });
});

describe("one that speaks for an alarm, suppressed in change windows", () => {
  const suppressor = { actions_suppressor: { alarm: "${aws_cloudwatch_metric_alarm.window.alarm_name}" } };

  test("is part of the detection, and notifies its subscribers", () => {
    const deployment = deploymentWith(composite(`ALARM("${METRIC_ALARM}")`, suppressor));
    expect(deployment.warnings).toEqual([]);
    const plain = evaluated(deploymentWith());
    expect(evaluated(deployment)).toMatchObject([{ detection: "key-disabled", matched: 2, alarms: plain[0]?.alarms }]);
    const notified = (reports: readonly DetectionReport[]) => reports.flatMap(({ notifications }) => notifications);
    expect(notified(evaluated(deployment))).toHaveLength(2 * notified(plain).length);
  });

  test.each([
    ["the other alarm is never raised", composite("ALARM(another)", suppressor), 0],
    ["it looks at more", composite(`ALARM("${METRIC_ALARM}") OR ALARM("${METRIC_ALARM}")`, suppressor), 1],
    ["nothing suppresses it", composite(`ALARM("${METRIC_ALARM}")`), 1],
  ])("it is none of the detection's when %s", (_when, block, own) => {
    const [detection, ...others] = evaluated(deploymentWith(block));
    expect(detection).toEqual(evaluated(deploymentWith())[0]);
    expect(others).toHaveLength(own);
  });
});
