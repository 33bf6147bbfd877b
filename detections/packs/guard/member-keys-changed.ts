import { all, any, call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { exceptDeployed } from "./any-account";
import { BY_ALIAS, BY_KEY, ofOurAlias } from "./key-policy-changed";
import { possiblyOurs } from "./ours";

const MEMBER = { recipientAccountId: "444455556666" };
const KEY = { keyId: "0a1b2c3d-1111-4222-8333-444455556666" };

/**
 * CloudTrail names a key by its generated id: it may be any key of the account. Therefore the severity is medium, unlike
 * that of the other detections of all accounts.
 */
export const memberKeysChanged: Detection = {
  id: "member-keys-changed",
  title: "Policy of a KMS key changed, or key taken out of use, in any account",
  meaning:
    "In any account, a principal other than Trailwatch's deployment changed a key's policy, disabled a key, scheduled " +
    "its deletion, or moved or deleted an alias of Trailwatch's, or tried to. CloudTrail records a key's id only: it may " +
    "be any key of the account.",
  why: "Without its key, a topic of the account delivers no message and a log group accepts no events, so the account cannot report it.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.008", "T1485"] },
  condition: (account) => [
    all(
      any(call("kms", ...BY_KEY), all(call("kms", ...BY_ALIAS), possiblyOurs(ofOurAlias(account)))),
      ...exceptDeployed(account, "kms", [...BY_KEY, ...BY_ALIAS]),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`), the key and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "In that account, check whether it is one of Trailwatch's keys: `aws kms list-aliases --key-id <key>`; their aliases begin with `alias/trailwatch`.",
      "If so: `aws kms cancel-key-deletion --key-id <key>`, `aws kms enable-key --key-id <key>`, then deploy again to restore the policy.",
    ],
    falsePositives: ["Deployments of other projects that own keys: they set key policies with each change."],
    tuning: "Ignore those deployments' roles by `userIdentity.sessionContext.sessionIssuer.userName`.",
  },
  examples: {
    matches: [
      apiCall("kms", "PutKeyPolicy", { ...MEMBER, requestParameters: { ...KEY, policyName: "default", policy: "{}" } }),
      apiCall("kms", "ScheduleKeyDeletion", { ...MEMBER, requestParameters: { ...KEY, pendingWindowInDays: 7 } }),
      apiCall("kms", "DisableKey", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: KEY,
      }),
      apiCall("kms", "DeleteAlias", { ...MEMBER, requestParameters: { aliasName: "alias/trailwatch-topics" } }),
    ],
    nearMisses: [
      apiCall("kms", "GetKeyPolicy", { ...MEMBER, requestParameters: KEY }),
      apiCall("kms", "PutKeyPolicy", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { ...KEY, policyName: "default" },
      }),
    ],
  },
};
