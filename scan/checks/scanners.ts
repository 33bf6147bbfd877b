import type { Scanner } from "../check";
import { CHECKOV, PROWLER } from "../python";
import { CDK_NAG_CHECKS } from "./cdk-nag";
import { CHECKOV_CHECKS } from "./checkov";
import { PROWLER_CHECKS } from "./prowler";
import { SECURITY_HUB_CHECKS } from "./security-hub";
import { TRIVY_CHECKS } from "./trivy";

/** All scanners, in the order of docs/compliance.md. */
export const SCANNERS: readonly Scanner[] = [
  {
    tool: "checkov",
    name: "checkov",
    link: "https://www.checkov.io/5.Policy%20Index/terraform.html",
    source: `\`npm run scan\` runs checkov ${CHECKOV.version} on the synthesized stacks, with and without an alert hub.`,
    checks: CHECKOV_CHECKS,
  },
  {
    tool: "prowler",
    name: "Prowler",
    link: "https://hub.prowler.com",
    source: `\`npm run scan\` runs Prowler ${PROWLER.version} in every account of the sandbox: its checks of CloudTrail, CloudWatch, KMS, S3, SNS and Secrets Manager.`,
    checks: PROWLER_CHECKS,
  },
  {
    tool: "trivy",
    name: "trivy",
    link: "https://avd.aquasec.com/misconfig/aws/",
    source:
      "Not run by `npm run scan`. The ids are those of trivy-checks (August 2026); older versions write AVD-AWS-….",
    checks: TRIVY_CHECKS,
  },
  {
    tool: "cdk-nag",
    name: "cdk-nag",
    link: "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md",
    source:
      "Not run by `npm run scan`: cdk-nag reads AWS CDK apps. The ids are those of cdk-nag 3.0.2, pack AwsSolutions.",
    checks: CDK_NAG_CHECKS,
  },
  {
    tool: "security-hub",
    name: "Security Hub",
    link: "https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html",
    source:
      "Not run by `npm run scan`: Security Hub runs in AWS. The ids are those of AWS Foundational Security Best Practices v1.0.0.",
    checks: SECURITY_HUB_CHECKS,
  },
];
