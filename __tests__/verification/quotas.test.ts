import { accountChecks } from "../../verification/checks/account-checks";
import { runChecks } from "../../verification/checks/check";
import { quotaChecks } from "../../verification/checks/quotas";
import type { ExpectedAccount, ExpectedTrail } from "../../verification/expected/expected-account";
import type { CheckResult } from "../../verification/result";
import { FakeAws } from "./support/fake-aws";
import { LOG_GROUP, REGION, subjectWith } from "./support/subject";

const trail: ExpectedTrail = {
  ...{ name: "trailwatch-account", region: REGION, arn: "arn", bucket: "archive", stack: "s", selectors: [] },
  logGroup: undefined,
  ...{ isOrganizationTrail: false, isMultiRegion: true, includesGlobalServices: true, validatesLogFiles: true },
};
const rule = { name: "trailwatch", region: REGION, logGroups: [LOG_GROUP], forwardsTo: [], pattern: "{}" };

/** An account with both feeds, in which AWS has so many of each. */
function subjectWithUsed(used: { readonly policies: number; readonly trails: number; readonly filters: number }) {
  const subject = subjectWith(
    new FakeAws({
      "logs:DescribeResourcePolicies": () => ({ resourcePolicies: many(used.policies) }),
      "cloudtrail:DescribeTrails": () => ({ trailList: many(used.trails) }),
      "logs:DescribeMetricFilters": () => ({ metricFilters: many(used.filters) }),
      "cloudwatch:DescribeAlarms": () => ({}),
      "sns:GetTopicAttributes": () => undefined,
    }),
    Date.now,
  );
  const expected: ExpectedAccount = {
    ...subject.expected,
    deployed: { ...subject.expected.deployed, rules: [{ ...rule, state: "ENABLED" }] },
    logGroups: [{ name: LOG_GROUP, region: REGION, stack: "s", retentionDays: 365, hasKey: true }],
    trails: [trail],
  };
  return { ...subject, expected };
}

const USED = { policies: 9, trails: 4, filters: 99 };

test.each([
  ["policies", 10, `10 of 10 are used in ${REGION}: no more can be deployed. AWS allows 10 CloudWatch Logs resource`],
  ["trails", 5, `5 of 5 are used in ${REGION}: no more can be deployed. AWS allows 5 trails`],
  ["filters", 100, `100 of 100 are used in ${LOG_GROUP}: no more can be deployed. AWS allows 100 metric filters`],
] as const)("a quota of %s that is reached is named, whether or not all is there", async (what, limit, warning) => {
  const subject = subjectWithUsed({ ...USED, [what]: limit });
  const results = await runChecks(quotaChecks(subject.expected), subject);
  expect(results.map(({ status }) => status)).toEqual(["proven", "proven", "proven"]);
  expect(warningsOf(results)).toEqual([expect.stringContaining(warning)]);
});

test("a quota with room for one more is not reported", async () => {
  const subject = subjectWithUsed(USED);
  expect(warningsOf(await runChecks(quotaChecks(subject.expected), subject))).toEqual([]);
});

test("quotas are checked even if nothing is deployed yet", async () => {
  const subject = subjectWithUsed({ ...USED, policies: 10 });
  const results = await runChecks(accountChecks(subject.expected), subject);
  expect(results[0]).toMatchObject({ check: "deployed in its home region", status: "failed" });
  expect(warningsOf(results)).toHaveLength(1);
});

function many(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ filterName: `other-${index}` }));
}

function warningsOf(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ warning }) => warning ?? []);
}
