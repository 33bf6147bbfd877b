import { PLAIN } from "../../lib/naming/own-names";
import { readFileSync } from "node:fs";
import { evaluate } from "../../lib/aws/policy-evaluator";

const OPENER = "arn:aws:iam::111122223333:role/change-manager";

const SCP = readFileSync("docs/forged-metrics.json", "utf8").replace(
  "ROLE-THAT-OPENS-CHANGE-WINDOWS",
  "change-manager",
);
/** Without a policy of this kind, AWS Organizations allows everything. */
const FULL_ACCESS = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "FullAWSAccess", Effect: "Allow", Action: "*", Resource: "*" }],
});

const put = (namespace: string, principal = "arn:aws:iam::111122223333:role/application") =>
  evaluate([FULL_ACCESS, SCP], {
    action: "cloudwatch:PutMetricData",
    resource: "*",
    context: { "cloudwatch:namespace": namespace, "aws:PrincipalArn": principal },
  }).answer;

test.each([PLAIN.metricNamespace, "LogMetrics", PLAIN.changeWindowNamespace])("%s cannot be written", (namespace) => {
  expect(put(namespace)).toBe("denied");
});

test.each(["MyApplication", "CWAgent", "Trailwatcher", "LogMetricsOfOurs"])("%s can be written", (namespace) => {
  expect(put(namespace)).toBe("allowed");
});

test("the role for it opens change windows, and forges no metric", () => {
  expect(put(PLAIN.changeWindowNamespace, OPENER)).toBe("allowed");
  expect(put(PLAIN.metricNamespace, OPENER)).toBe("denied");
});

test("other calls are not denied", () => {
  const read = { action: "cloudwatch:GetMetricData", resource: "*", context: {} };
  expect(evaluate([FULL_ACCESS, SCP], read).answer).toBe("allowed");
});

test("the policy fits: 5,120 characters at most", () => {
  expect(SCP.length).toBeLessThan(5120);
});
