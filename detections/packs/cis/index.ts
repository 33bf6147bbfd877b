import type { Pack } from "../../detection";
import { unauthorizedApiCalls } from "./cis-4-1-unauthorized-api-calls";
import { signInsWithoutMfa } from "./cis-4-2-console-sign-in-without-mfa";
import { rootUserUsage } from "./cis-4-3-root-user-usage";
import { iamPolicyChanges } from "./cis-4-4-iam-policy-changes";
import { cloudtrailChanges } from "./cis-4-5-cloudtrail-changes";
import { consoleAuthenticationFailures } from "./cis-4-6-console-authentication-failures";
import { kmsKeyDisabledOrDeleted } from "./cis-4-7-kms-key-disabled-or-deleted";
import { s3BucketPolicyChanges } from "./cis-4-8-s3-bucket-policy-changes";
import { awsConfigChanges } from "./cis-4-9-aws-config-changes";
import { securityGroupChanges } from "./cis-4-10-security-group-changes";
import { networkAclChanges } from "./cis-4-11-network-acl-changes";
import { networkGatewayChanges } from "./cis-4-12-network-gateway-changes";
import { routeTableChanges } from "./cis-4-13-route-table-changes";
import { vpcChanges } from "./cis-4-14-vpc-changes";
import { organizationsChanges } from "./cis-4-15-organizations-changes";

/**
 * The monitoring controls of the CIS AWS Foundations Benchmark, verbatim for checkers, and with severities that do not
 * page. The other packs page. Ids keep the numbers of versions 1.4 to 5.0.
 */
export const cis: Pack = {
  id: "cis",
  title: "CIS AWS Foundations Benchmark, monitoring (section 4; 5 since version 6.0)",
  description:
    "The controls of the CIS benchmark, word for word, because checkers compare the patterns. On by default in the " +
    "management account, where checkers look for them. They are notices: the other packs page. Security Hub evaluates " +
    "them in its standards CIS v1.2.0 and v1.4.0 only (CloudWatch.2 and CloudWatch.3 in v1.2.0 only): its standards " +
    "v3.0.0 and v5.0.0 leave out the section. Prowler and others evaluate them in all versions.",
  detections: [
    unauthorizedApiCalls,
    signInsWithoutMfa,
    rootUserUsage,
    iamPolicyChanges,
    cloudtrailChanges,
    consoleAuthenticationFailures,
    kmsKeyDisabledOrDeleted,
    s3BucketPolicyChanges,
    awsConfigChanges,
    securityGroupChanges,
    networkAclChanges,
    networkGatewayChanges,
    routeTableChanges,
    vpcChanges,
    organizationsChanges,
  ],
};
