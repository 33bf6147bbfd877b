import { runChecks } from "../../verification/checks/check";
import { logPolicyCheck } from "../../verification/checks/feed";
import { metricFilterCheck } from "../../verification/checks/metric-filters";
import { trailChecks } from "../../verification/checks/trail";
import type { ExpectedTrail } from "../../verification/expected/expected-account";
import { FakeAws } from "./support/fake-aws";
import { LOG_GROUP, REGION, subjectWith } from "./support/subject";

const many = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ filterName: `other-${index}` }));
const rule = { name: "trailwatch", region: REGION, logGroups: [LOG_GROUP], forwardsTo: [] };
const trail = { name: "trailwatch-account", region: REGION, arn: "arn", stack: "s", selectors: [] };

const CASES: readonly [string, number, (count: number) => Promise<string | undefined>][] = [
  [
    "10 CloudWatch Logs resource policies",
    10,
    async (count) => {
      const aws = new FakeAws({ "logs:DescribeResourcePolicies": () => ({ resourcePolicies: policies(count) }) });
      const subject = subjectWith(aws, Date.now);
      const expected = { ...subject.expected, deployed: { ...subject.expected.deployed, rules: [rule as never] } };
      const group = { name: LOG_GROUP, region: REGION, stack: "s", retentionDays: 365, hasKey: true };
      const [result] = await runChecks([logPolicyCheck(group)], { ...subject, expected });
      return result?.reason;
    },
  ],
  [
    "5 trails",
    5,
    async (count) => {
      const aws = new FakeAws({
        "cloudtrail:GetTrailStatus": () => undefined,
        "cloudtrail:DescribeTrails": () => ({ trailList: many(count) }),
      });
      const [logs] = trailChecks(trail as unknown as ExpectedTrail);
      const [result] = await runChecks(logs === undefined ? [] : [logs], subjectWith(aws, Date.now));
      return result?.reason;
    },
  ],
  [
    "100 metric filters",
    100,
    async (count) => {
      const aws = new FakeAws({ "logs:DescribeMetricFilters": () => ({ metricFilters: many(count) }) });
      const subject = subjectWith(aws, Date.now);
      const [result] = await runChecks([metricFilterCheck(LOG_GROUP, subject.expected.deployed.filters)], subject);
      return result?.reason;
    },
  ],
];

test.each(CASES)("what is missing because there are %s already says so", async (text, limit, reasonWith) => {
  expect(await reasonWith(limit)).toContain(`it cannot be deployed: AWS allows ${text}`);
  expect(await reasonWith(limit - 1)).not.toContain("AWS allows");
});

function policies(count: number): object[] {
  const policyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  return Array.from({ length: count }, (_, index) => ({ policyName: `other-${index}`, policyDocument }));
}
