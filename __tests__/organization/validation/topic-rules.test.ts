import { ORGANIZATION, MEMBER, complaints, load } from "../accounts-folder";

const TOPIC = "arn:aws:sns:eu-west-1:999988887777:on-call";
const withTopic = (settings: string): string =>
  ORGANIZATION.replace(/^notifications: .*$/m, `notifications: { alerts: { ${settings} } }`);
const problems = (settings: string): string[] =>
  complaints({ "organization.yaml": withTopic(settings) }).map((line) => line.replace(/ \(at .*?\)/, ""));

test("alarms may notify a topic of any account, of one severity or both", () => {
  const { accounts } = load({ "organization.yaml": withTopic(`existing: { topicArn: "${TOPIC}" }`) });
  for (const { notifications } of accounts) {
    expect(notifications.alerts.existing?.topicArn).toBe(TOPIC);
    expect(notifications.notices).toEqual(notifications.alerts);
  }
  const own = `${MEMBER}notifications: { alerts: { existing: { topicArn: "${TOPIC}" } }, notices: { email: [a@example.com] } }\n`;
  const workloads = load({ "workloads.yaml": own }).accounts.find(({ name }) => name === "workloads");
  expect(workloads?.notifications.notices.existing).toBeUndefined();
});

test.each([
  ["arn:aws:sns:eu-west-1:999988887777:on-call.fifo", "be the ARN of a standard SNS topic"],
  ["on-call", "be the ARN of a standard SNS topic"],
  ["arn:aws:sqs:eu-west-1:999988887777:on-call", "be the ARN of a standard SNS topic"],
  [`${TOPIC}:0a1b2c3d-1111-4222-8333-444455556666`, "be the ARN of a standard SNS topic"],
  ["arn:aws:sns:us-east-1:999988887777:on-call", "be a topic of homeRegion, eu-west-1"],
  ["arn:aws:sns:eu-west-1:111122223333:trailwatch-alerts", "be a topic that Trailwatch does not create"],
])("rejects %s", (arn, rule) => {
  expect(problems(`existing: { topicArn: "${arn}" }`)).toEqual([
    expect.stringContaining(`'notifications.alerts.existing.topicArn' must ${rule}`),
  ]);
});

test("another partition is one problem", () => {
  expect(problems('existing: { topicArn: "arn:aws-cn:sns:cn-north-1:999988887777:on-call" }')).toEqual([
    expect.stringContaining("be an ARN of"),
  ]);
});

test("its subscribers are its own, and all problems are reported, of account files too", () => {
  const own = `${MEMBER}notifications: { alerts: { existing: { topicArn: "arn:aws:sns:us-east-1:999988887777:a" } } }\n`;
  const found = complaints({
    "organization.yaml": withTopic(`email: [a@example.com], existing: { topicArn: "${TOPIC}" }`),
    "workloads.yaml": own,
  });
  expect(found).toEqual([
    expect.stringContaining("'notifications.alerts.existing' must be given without email, https and sqs"),
    expect.stringContaining("'notifications.alerts.existing.topicArn' must be a topic of homeRegion"),
  ]);
});
