import { readFileSync } from "node:fs";
import { SCANNERS } from "../../scan/checks/scanners";
import { compliancePage } from "../../scan/page";
import { checkovInput } from "../../scan/scanners/checkov-input";

test("docs/compliance.md follows scan/checks/ (npm run docs)", () => {
  expect(readFileSync("docs/compliance.md", "utf8")).toBe(compliancePage());
});

test.each(SCANNERS)(
  "$name: each id once, in the scanner's own form, and every reason is a sentence",
  ({ tool, checks }) => {
    const form = {
      checkov: /^CKV2?_AWS_\d+$/,
      prowler: /^(cloudtrail|cloudwatch|kms|s3|secretsmanager|sns)_\w+$/,
      trivy: /^AWS-\d{4}$/,
      "cdk-nag": /^AwsSolutions-[A-Z]+\d+$/,
      "security-hub": /^[A-Z]\w+\.\d+$/,
    }[tool];
    const ids = checks.map(({ id }) => id);
    expect(ids.filter((id) => !form.test(id))).toEqual([]);
    expect(ids).toEqual([...new Set(ids)]);
    const reasons = checks.flatMap(({ waiver, noResult }) => [waiver?.reason ?? [], noResult ?? []].flat());
    expect(reasons.filter((reason) => !/^[A-Z].{15,}\.$/.test(reason))).toEqual([]);
  },
);

test("checkov gets only the blocks that it can read", () => {
  const stack = { "//": {}, terraform: { required_version: ">= 1.11" }, resource: { aws_sns_topic: {} }, output: {} };
  expect(checkovInput(stack)).toEqual({ resource: { aws_sns_topic: {} } });
});
