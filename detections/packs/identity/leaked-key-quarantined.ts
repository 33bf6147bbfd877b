import { globalArn } from "../../../lib/aws/partitions";
import { all, any, call, equals, matches, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall, root } from "../../example-record";

const attached = (policyArn: string) => ({ awsRegion: "us-east-1", requestParameters: { userName: "ci", policyArn } });
const inline = (policyName: string) => ({
  awsRegion: "us-east-1",
  requestParameters: { userName: "ci", policyName, policyDocument: "{}" },
});

/** AWS attaches the policy in the name of the account's root user or of its support; earlier it was an inline policy. */
export const leakedKeyQuarantined: Detection = {
  id: "leaked-key-quarantined",
  title: "Leaked access key found by AWS",
  meaning:
    "AWS's quarantine policy (`AWSCompromisedKeyQuarantine`, in any version) was attached to a user, group or role: AWS " +
    "has found an access key in public, for example in a repository.",
  why: "The key is known to others. The policy denies only some calls: everything else that the key allows still works.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1552.001", "T1078.004"] },
  condition: ({ homeRegion }) => [
    all(
      call(
        "iam",
        ...["AttachUserPolicy", "AttachGroupPolicy", "AttachRolePolicy"],
        ...["PutUserPolicy", "PutGroupPolicy", "PutRolePolicy"],
      ),
      any(
        matches(
          "requestParameters.policyArn",
          globalArn(homeRegion, "iam", "aws", "policy/AWSCompromisedKeyQuarantine*"),
        ),
        matches("requestParameters.policyName", "AWSCompromisedKeyQuarantine*"),
        equals("requestParameters.policyName", "AWSExposedCredentialPolicy_DO_NOT_REMOVE"),
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Deactivate the user's keys now: `aws iam list-access-keys --user-name <user>`, `aws iam update-access-key --status Inactive --user-name <user> --access-key-id <key>`. Leave the policy attached.",
      "List what each key did: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`. Look for new users, keys, roles and instances in all regions.",
      "Read the case that AWS has opened in the Support Center of the account: it names the key and where it was found.",
      "Create a new key for the workload, remove the old one from where it was published, then delete it.",
    ],
    falsePositives: ["A test of this alarm."],
    tuning: "Keep it as it is: add no `ignore` entries.",
  },
  examples: {
    matches: [
      apiCall("iam", "AttachUserPolicy", {
        ...attached(`${EXAMPLE_ARN}:iam::aws:policy/AWSCompromisedKeyQuarantineV3`),
        userIdentity: { ...root(), invokedBy: "AWS Internal" },
      }),
      apiCall("iam", "AttachUserPolicy", attached(`${EXAMPLE_ARN}:iam::aws:policy/AWSCompromisedKeyQuarantine`)),
      apiCall("iam", "PutUserPolicy", inline("AWSCompromisedKeyQuarantineV2")),
      apiCall("iam", "PutUserPolicy", inline("AWSExposedCredentialPolicy_DO_NOT_REMOVE")),
    ],
    nearMisses: [
      apiCall("iam", "DetachUserPolicy", attached(`${EXAMPLE_ARN}:iam::aws:policy/AWSCompromisedKeyQuarantineV3`)),
      apiCall("iam", "AttachUserPolicy", attached(`${EXAMPLE_ARN}:iam::aws:policy/AWSDenyAll`)),
      deniedCall("iam", "AttachUserPolicy", attached(`${EXAMPLE_ARN}:iam::aws:policy/AWSCompromisedKeyQuarantineV3`)),
    ],
  },
};
