import { all, matches, not, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, awsService, deniedCall, serviceLinkedRole } from "../../example-record";
import { byServiceLinkedRole } from "../../service-linked-role";

/** Error codes of denied calls; the first two cover nearly all of them, EC2 has its own. */
const DENIED = ["AccessDenied", "AccessDeniedException", "Client.UnauthorizedOperation", "UnauthorizedOperation"];

const service = (name: string) => ({ userIdentity: awsService(name), sourceIPAddress: `${name}.amazonaws.com` });
const securityHub = { userIdentity: serviceLinkedRole("securityhub", "AWSServiceRoleForSecurityHub") };

/** Anyone can create a role of such a name, but not below the path of service-linked roles. */
const impostor = { userIdentity: assumedRole("AWSServiceRoleForInventory") };

/**
 * Calls that fail permanently in many healthy accounts: probes of S3, and SSM agents on instances whose role lacks SSM.
 */
const ROUTINE = ["HeadBucket", "UpdateInstanceInformation", "ListInstanceAssociations"];

export const deniedCallBurst: Detection = {
  id: "denied-call-burst",
  title: "Burst of denied calls",
  meaning:
    "At least 15 calls were denied within five minutes, not counting what AWS services do by themselves " +
    "(log delivery, Config, Security Hub's probes) and the routine of S3 and SSM agents.",
  why: "The holder of a stolen key does not know its permissions, and tries many calls.",
  severity: "medium",
  threshold: 15,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.1"], securityHub: "CloudWatch.2", mitre: ["T1526", "T1580"] },
  condition: (account) => [
    all(
      oneOf("errorCode", [...DENIED, "UnauthorizedException"]),
      not(matches("sourceIPAddress", "*.amazonaws.com")),
      not(byServiceLinkedRole(account)),
      not(oneOf("eventName", ROUTINE)),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Run this alarm's query: who made which calls, and from where? One caller with many different calls is exploring the account.",
      "If a key or role is compromised: `aws iam update-access-key --status Inactive --access-key-id <key> --user-name <user>`, or revoke the role's sessions.",
      "Check which of the same caller's calls were not denied.",
    ],
    falsePositives: ["A deployment that lost a permission and retries.", "A person who clicks through the console."],
    tuning:
      "Ignore a known source of denied calls by its role's ARN, or use the threshold that `trailwatch tune` finds.",
  },
  examples: {
    matches: [
      deniedCall("iam", "ListUsers"),
      deniedCall("ec2", "RunInstances", { errorCode: "Client.UnauthorizedOperation" }),
      deniedCall("kms", "Decrypt", { errorCode: "AccessDeniedException" }),
      deniedCall("s3", "ListBuckets", impostor),
    ],
    nearMisses: [
      deniedCall("s3", "PutObject", service("delivery.logs")),
      deniedCall("s3", "GetBucketAcl", service("config")),
      deniedCall("s3", "HeadBucket"),
      deniedCall("sns", "ListSubscriptionsByTopic", securityHub),
      deniedCall("ssm", "UpdateInstanceInformation", { errorCode: "AccessDeniedException" }),
      apiCall("ec2", "RunInstances", { errorCode: "Client.InstanceLimitExceeded" }),
    ],
  },
};
