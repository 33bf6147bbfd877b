import { roleArn } from "../../../lib/aws/partitions";
import { all, any, call, matches, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import {
  EXAMPLE_ARN,
  apiCall,
  assumedRole,
  consoleSignIn,
  deniedCall,
  iamUser,
  type RecordChanges,
} from "../../example-record";

const PERMISSION_SET = "AWSReservedSSO_Administrator_0123456789abcdef";
const IDENTITY_CENTER_AGENT = "Jersey/${project.version} (HttpUrlConnection 17.0.12)";

/** IAM Identity Center signs people in to the console by the same call, with the role of their permission set. */
const permissionSet: RecordChanges = {
  ...assumedRole(PERMISSION_SET, "alice@example.com"),
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      arn: `${EXAMPLE_ARN}:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/${PERMISSION_SET}`,
      userName: PERMISSION_SET,
    },
  },
};
const signinToken = (changes: RecordChanges) =>
  consoleSignIn({
    eventName: "GetSigninToken",
    responseElements: { credentials: { accessKeyId: "ASIAEXAMPLEKEY000000" }, GetSigninToken: "Success" },
    additionalEventData: { MobileVersion: "No", MFAUsed: "No" },
    ...changes,
  });

export const sessionMadeFromKey: Detection = {
  id: "session-made-from-key",
  title: "Console session or federation token made from a key",
  meaning:
    "A key or session was exchanged for a token that signs in to the console (`GetSigninToken`, not by IAM Identity " +
    "Center), or a user's key for a federated session (`GetFederationToken`). `GetSessionToken` is left out: tools " +
    "for the command line call it all day.",
  why:
    "Stolen keys become console sessions without password and MFA. A federated session stays valid for up to 36 hours, " +
    "also when the key is deactivated.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1550.001", "T1098.001"] },
  condition: ({ id, homeRegion }) => [
    any(
      all(call("sts", "GetFederationToken"), succeeded()),
      all(
        call("signin", "GetSigninToken"),
        succeeded(),
        // Either alone could be chosen by an attacker: the agent, or the role whose session was stolen.
        not(
          all(
            matches(
              "userIdentity.sessionContext.sessionIssuer.arn",
              roleArn(homeRegion, id, "aws-reserved/sso.amazonaws.com/*"),
            ),
            matches("userAgent", "Jersey/*"),
          ),
        ),
      ),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the caller (`userIdentity.arn`, `userIdentity.accessKeyId`) and its address. Is it a person with a tool for console access, or a workload's key?",
      'If it is unexplained: deactivate the key, and deny what its sessions may do until they expire: `aws iam put-user-policy --user-name <user> --policy-name cut-off --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\'`.',
      "List what the session did: `responseElements.credentials.accessKeyId` is its key.",
    ],
    falsePositives: [
      "A tool that opens the console from a profile, such as aws-vault or Granted.",
      "A federation broker.",
    ],
    tuning: "Ignore a broker by `userIdentity.arn`. Where people use such tools, ignore their roles.",
  },
  examples: {
    matches: [
      apiCall("sts", "GetFederationToken", {
        userIdentity: iamUser("ci"),
        requestParameters: { name: "support", policy: "{}" },
      }),
      signinToken({ userIdentity: assumedRole("app"), userAgent: "python-requests/2.31.0" }),
      signinToken({ userIdentity: permissionSet, userAgent: "Go-http-client/1.1" }),
      signinToken({ userIdentity: assumedRole(PERMISSION_SET), userAgent: IDENTITY_CENTER_AGENT }),
    ],
    nearMisses: [
      signinToken({ userIdentity: permissionSet, userAgent: IDENTITY_CENTER_AGENT }),
      deniedCall("sts", "GetFederationToken"),
      apiCall("sts", "GetSessionToken", { userIdentity: iamUser("alice") }),
    ],
  },
};
