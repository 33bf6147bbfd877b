import { notByService } from "../../by-service";
import { all, any, call, equals, matches, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, consoleSignIn, root, serviceEvent } from "../../example-record";

const byRoot = all(equals("userIdentity.type", "Root"), not(equals("eventType", "AwsServiceEvent")), notByService());

/**
 * Steps towards root access. The password is recovered by e-mail, so the address is as good as the password; the
 * management account can change that of a member.
 */
const RECOVERY = any(
  // Requested and Completed; Start and Accept. Short, so that the pattern leaves room for what the user ignores.
  all(equals("eventSource", "signin.amazonaws.com"), matches("eventName", "PasswordRecovery*")),
  all(equals("eventSource", "account.amazonaws.com"), matches("eventName", "*PrimaryEmailUpdate")),
  call("iam", "EnableOrganizationsRootSessions"),
);

/** A task of IAM's central root access runs as the member account's root; this call hands out the credentials. */
const rootSession = { ...root(), accessKeyId: "ASIAEXAMPLEKEY000000", sessionContext: { attributes: {} } };

/** A recovery is requested by a caller that has not signed in. */
const stranger = { type: "Unknown", principalId: "", accountId: "111122223333", accessKeyId: "" };

export const rootUse: Detection = {
  id: "root-use",
  title: "Root user at work or being taken over",
  meaning:
    "The root user signed in, tried to, or called an API; a principal requested a root session in a member account; or " +
    "a step was taken that leads to root access: its password was requested or reset by e-mail, its e-mail address " +
    "changed, or central root sessions were enabled for the organization. " +
    "What AWS services do in the root user's name is left out.",
  why: "Nothing in the account can restrict its root user. Daily work never needs it, so each use is an emergency or theft.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.3"], securityHub: "CloudWatch.1", mitre: ["T1078.004"] },
  condition: any(byRoot, call("sts", "AssumeRoot"), all(RECOVERY, succeeded())),
  runbook: {
    firstFiveMinutes: [
      "Call the holders of the root credentials, and do not use the account's e-mail address: is one of them working as root?",
      "List what root did: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root`.",
      "If not, reset the root password from the mailbox, sign out all sessions, remove root access keys and unknown MFA devices.",
      "For a recovery or a changed address, `requestParameters.accountId` or `recipientAccountId` names the account: check its mailbox for access by others.",
      "For `AssumeRoot`, `requestParameters.targetPrincipal` names the account and `taskPolicyArn` the task; check the caller's role next.",
    ],
    falsePositives: [
      "A task that only root may do, such as closing the account.",
      "A planned central root session.",
      "Central root access being set up, once.",
    ],
    tuning:
      "Keep the severity. Ignore a role that manages root centrally by `userIdentity.arn`, in the account it calls from.",
  },
  examples: {
    matches: [
      consoleSignIn({ userIdentity: root() }),
      apiCall("iam", "CreateAccessKey", { userIdentity: { ...root(), invokedBy: "signin.amazonaws.com" } }),
      apiCall("s3", "DeleteBucketPolicy", { userIdentity: rootSession }),
      consoleSignIn({
        eventName: "PasswordRecoveryRequested",
        userIdentity: stranger,
        responseElements: { PasswordRecoveryRequested: "Success" },
        additionalEventData: null,
      }),
      apiCall("account", "StartPrimaryEmailUpdate", {
        requestParameters: { accountId: "444455556666", primaryEmail: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      }),
      apiCall("sts", "AssumeRoot", {
        userIdentity: { ...assumedRole("Security"), sessionContext: { assumedRoot: "true" } },
      }),
    ],
    nearMisses: [
      consoleSignIn({
        eventName: "PasswordRecoveryRequested",
        userIdentity: stranger,
        errorMessage: "",
        errorCode: "Failure",
      }),
      apiCall("account", "GetPrimaryEmail", { requestParameters: { accountId: "444455556666" } }),
      apiCall("ec2", "DescribeInstances", { userIdentity: { ...root(), invokedBy: "support.amazonaws.com" } }),
      serviceEvent("kms", "RotateKey", { userIdentity: root() }),
      apiCall("sts", "AssumeRole", { requestParameters: { roleArn: `${EXAMPLE_ARN}:iam::111122223333:role/root` } }),
    ],
  },
};
