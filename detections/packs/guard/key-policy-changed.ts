import { OWN_NAME } from "../../../lib/naming/own-resources";
import { all, any, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";

const BY_KEY = ["PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"];
const BY_ALIAS = ["UpdateAlias", "DeleteAlias"];
export const KEY_CALLS = [...BY_KEY, ...BY_ALIAS];

const KEY = "0a1b2c3d-1111-4222-8333-444455556666";

/** CloudTrail names a key by its generated id: a person must look up whether the key is one of Trailwatch's. */
export const keyPolicyChanged: Detection = {
  id: "key-policy-changed",
  title: "Policy of a KMS key changed, or key taken out of use",
  meaning:
    "Somebody other than Trailwatch's deployment changed a key's policy, disabled a key, scheduled its deletion, or " +
    "moved one of Trailwatch's aliases; or tried to. It may be any key of the account.",
  why: "Without its key, the archive cannot be read, a topic delivers nothing, and a log group accepts no events.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["3.0 4.7"], securityHub: "CloudWatch.7", mitre: ["T1562.008", "T1485"] },
  condition: (account) =>
    byOthers(account, [
      any(
        call("kms", ...BY_KEY),
        all(call("kms", ...BY_ALIAS), matches("requestParameters.aliasName", `alias/${OWN_NAME}*`)),
      ),
    ]),
  runbook: {
    firstFiveMinutes: [
      "Check whether it is one of Trailwatch's keys: `aws kms list-aliases --key-id <key>`; their aliases begin with `alias/trailwatch`.",
      "If so: `aws kms cancel-key-deletion --key-id <key>`, `aws kms enable-key --key-id <key>`, then deploy again to restore the policy and the alias.",
      "If not, inform the key's owner. Check whether `aws kms get-key-policy --key-id <key>` names an external account.",
    ],
    falsePositives: ["Deployments of other projects that own keys: they set key policies with each change."],
    tuning: "Ignore those deployments' roles by `userIdentity.sessionContext.sessionIssuer.userName`.",
  },
  examples: {
    matches: [
      apiCall("kms", "PutKeyPolicy", { requestParameters: { keyId: KEY, policyName: "default", policy: "{}" } }),
      apiCall("kms", "ScheduleKeyDeletion", { requestParameters: { keyId: KEY, pendingWindowInDays: 7 } }),
      apiCall("kms", "UpdateAlias", { requestParameters: { aliasName: "alias/trailwatch-state", targetKeyId: KEY } }),
    ],
    nearMisses: [
      apiCall("kms", "GetKeyPolicy", { requestParameters: { keyId: KEY } }),
      apiCall("kms", "DeleteAlias", { requestParameters: { aliasName: "alias/checkout" } }),
      apiCall("kms", "PutKeyPolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { keyId: KEY, policyName: "default" },
      }),
    ],
  },
};
