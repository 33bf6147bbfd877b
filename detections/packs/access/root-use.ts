import { all, any, call, equals, exists, not } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, consoleSignIn, root, serviceEvent } from "../../example-record";

/** The console sets this when the root user works in it: it is not a service, although the field names services. */
const CONSOLE = "signin.amazonaws.com";

const byRoot = all(
  equals("userIdentity.type", "Root"),
  not(equals("eventType", "AwsServiceEvent")),
  any(not(exists("userIdentity.invokedBy")), equals("userIdentity.invokedBy", CONSOLE)),
);

/** A task of IAM's central root access runs as the member account's root; this call hands out the credentials. */
const rootSession = { ...root(), accessKeyId: "ASIAEXAMPLEKEY000000", sessionContext: { attributes: {} } };

export const rootUse: Detection = {
  id: "root-use",
  title: "Root user at work",
  meaning:
    "The root user signed in, tried to, or called an API; or a principal requested a root session in a member account. " +
    "What AWS services do in the root user's name is left out.",
  why: "Nothing in the account can restrict its root user. Daily work never needs it, so each use is an emergency or theft.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.3"], securityHub: "CloudWatch.1", mitre: ["T1078.004"] },
  condition: any(byRoot, call("sts", "AssumeRoot")),
  runbook: {
    firstFiveMinutes: [
      "Call the holders of the root credentials, and do not use the account's e-mail address: is one of them working as root?",
      "List what root did: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root`.",
      "If not, reset the root password from the mailbox, sign out all sessions, remove root access keys and unknown MFA devices.",
      "For `AssumeRoot`, `requestParameters.targetPrincipal` names the account and `taskPolicyArn` the task; check the caller's role next.",
    ],
    falsePositives: ["A task that only root may do, such as closing the account.", "A planned central root session."],
    tuning:
      "Keep the severity. Ignore a role that manages root centrally by `userIdentity.arn`, in the account it calls from.",
  },
  examples: {
    matches: [
      consoleSignIn({ userIdentity: root() }),
      apiCall("iam", "CreateAccessKey", { userIdentity: { ...root(), invokedBy: CONSOLE } }),
      apiCall("s3", "DeleteBucketPolicy", { userIdentity: rootSession }),
      apiCall("sts", "AssumeRoot", {
        userIdentity: { ...assumedRole("Security"), sessionContext: { assumedRoot: "true" } },
      }),
    ],
    nearMisses: [
      apiCall("ec2", "DescribeInstances", { userIdentity: { ...root(), invokedBy: "support.amazonaws.com" } }),
      serviceEvent("kms", "RotateKey", { userIdentity: root() }),
      apiCall("sts", "AssumeRole", { requestParameters: { roleArn: "arn:aws:iam::111122223333:role/root" } }),
    ],
  },
};
