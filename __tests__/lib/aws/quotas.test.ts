import { readFileSync } from "node:fs";
import { QUOTAS, quotaIn, quotaText, type Quota } from "../../../lib/aws/quotas";

const quotas: readonly Quota[] = Object.values(QUOTAS);

/** A refusal as the AWS SDK for Go words it in Terraform's log. */
const refusal = (operation: string, code: string): string =>
  `creating It (x): operation error Some Service: ${operation}, https response error StatusCode: 400, RequestID: 1, ` +
  `${code}: Resource limit exceeded.`;

const refusals = quotas.flatMap((quota) =>
  quota.refusals.map(({ operation, code }) => [operation, code, quota] as const),
);

test.each(refusals)("%s refused with %s is about its quota", (operation, code, quota) => {
  expect(quotaIn(refusal(operation, code))).toBe(quota);
});

test("a refusal of another operation, or for another reason, is about none", () => {
  expect(quotaIn(refusal("PutRetentionPolicy", "LimitExceededException"))).toBeUndefined();
  expect(quotaIn(refusal("CreateTrail", "InsufficientS3BucketPolicyException"))).toBeUndefined();
  expect(quotaIn("PutResourcePolicy was not called")).toBeUndefined();
});

test("the text says how many, of what, and what to do", () => {
  expect(quotaText(QUOTAS.trails)).toBe(
    "AWS allows 5 trails, with the shadows of multi-region and organization trails in a region of an account, and does " +
      "not raise it: delete one that is not needed (aws cloudtrail describe-trails, in the region where the trail is at " +
      "home), or choose the feed event-bus",
  );
  expect(quotaText(QUOTAS.alarms)).toMatch(
    /^AWS allows 5,000 CloudWatch alarms in a region of an account: ask for more/,
  );
});

test("docs/deploy.md lists each quota", () => {
  const rows = readFileSync("docs/deploy.md", "utf8")
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim());
  for (const { what, limit, per, canBeRaised, use, source } of quotas) {
    const raised = canBeRaised ? "yes" : "no";
    expect(rows).toContain(`| ${what} | ${limit.toLocaleString("en-US")} | ${per} | ${raised} | ${use} | ${source} |`);
  }
});
