import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { globalArn } from "../../../lib/aws/partitions";
import { all, any, equals, exists, matches, not, oneOf, type Condition } from "../../condition";
import { watchesAll, type Detection, type WatchedAccount } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

export const BY_KEY = ["PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"];
export const BY_ALIAS = ["CreateAlias", "UpdateAlias", "DeleteAlias"];
export const KEY_CALLS = [...BY_KEY, ...BY_ALIAS, "DisableKeyRotation"];
/** An alias of ours, which is how people and stacks find its key. */
export function ofOurAlias({ names }: WatchedAccount): Condition {
  return matches("requestParameters.aliasName", `alias/${ownNames(names).name}*`);
}

const KEY = "0a1b2c3d-1111-4222-8333-444455556666";

/**
 * CloudTrail names a key by its generated id: a person must look up whether the key is one of Trailwatch's. Grants are
 * routine where a service of AWS requests them, or within the account: others let another account use a key.
 */
export const keyPolicyChanged: Detection = {
  id: "key-policy-changed",
  title: "Policy of a KMS key changed, or key taken out of use",
  meaning:
    "A principal other than Trailwatch's deployment changed a key's policy, disabled a key or its rotation, scheduled " +
    "its deletion, granted its use to another account, moved one of Trailwatch's aliases, or set the tag of " +
    "Trailwatch on a key; or tried to. Except for aliases and tags, it may be any key of the account.",
  why: "Without its key, the archive cannot be read, a topic delivers nothing, and a log group accepts no events.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.7"], securityHub: "CloudWatch.7", mitre: ["T1562.008", "T1485"] },
  condition: (account) => {
    const own = ownNames(account.names);
    // `member-keys-changed` reports these, by every caller.
    const covered = watchesAll(account, "member-keys-changed");
    const ofKms = (...kinds: readonly Condition[]) => all(equals("eventSource", "kms.amazonaws.com"), any(...kinds));
    return [
      byOthers(account, [
        ofKms(
          ...(covered
            ? []
            : [oneOf("eventName", BY_KEY), all(oneOf("eventName", BY_ALIAS), possiblyOurs(ofOurAlias(account)))]),
          // `log-policy-changed` reports removed tags.
          all(
            equals("eventName", "TagResource"),
            possiblyOurs(equals("requestParameters.tags[*].tagKey", own.stackTag)),
          ),
        ),
        ofKms(
          equals("eventName", "DisableKeyRotation"),
          all(
            equals("eventName", "CreateGrant"),
            not(exists("userIdentity.invokedBy")),
            not(matches("requestParameters.granteePrincipal", globalArn(account.homeRegion, "iam", account.id, "*"))),
          ),
        ),
      ]),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Check whether it is one of Trailwatch's keys: `aws kms list-aliases --key-id <key>`; their aliases begin with `alias/trailwatch`.",
      "If so: `aws kms cancel-key-deletion --key-id <key>`, `aws kms enable-key --key-id <key>`, then deploy again to restore the policy and the alias.",
      "If not, inform the key's owner. Check whether `aws kms get-key-policy --key-id <key>` names an external account.",
    ],
    falsePositives: ["Deployments of other projects that own keys: they set key policies with each change."],
    tuning: "Ignore those deployments' roles by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("kms", "PutKeyPolicy", { requestParameters: { keyId: KEY, policyName: "default", policy: "{}" } }),
      apiCall("kms", "DisableKeyRotation", { requestParameters: { keyId: KEY } }),
      apiCall("kms", "TagResource", {
        requestParameters: { keyId: KEY, tags: [{ tagKey: PLAIN.stackTag, tagValue: "" }] },
      }),
      apiCall("kms", "CreateGrant", {
        requestParameters: {
          keyId: KEY,
          granteePrincipal: `${EXAMPLE_ARN}:iam::999999999999:root`,
          operations: ["Decrypt"],
        },
      }),
      apiCall("kms", "ScheduleKeyDeletion", { requestParameters: { keyId: KEY, pendingWindowInDays: 7 } }),
      apiCall("kms", "UpdateAlias", { requestParameters: { aliasName: "alias/trailwatch-state", targetKeyId: KEY } }),
    ],
    nearMisses: [
      apiCall("kms", "GetKeyPolicy", { requestParameters: { keyId: KEY } }),
      apiCall("kms", "DeleteAlias", { requestParameters: { aliasName: "alias/checkout" } }),
      apiCall("kms", "CreateAlias", { requestParameters: { aliasName: "alias/checkout", targetKeyId: KEY } }),
      apiCall("kms", "TagResource", { requestParameters: { keyId: KEY, tags: [{ tagKey: "owner", tagValue: "x" }] } }),
      apiCall("kms", "CreateGrant", {
        requestParameters: { keyId: KEY, granteePrincipal: `${EXAMPLE_ARN}:iam::111122223333:role/Checkout` },
      }),
      apiCall("kms", "CreateGrant", {
        userIdentity: { ...assumedRole("Developer"), invokedBy: "autoscaling.amazonaws.com" },
        requestParameters: { keyId: KEY, granteePrincipal: "fas.eu-west-1.amazonaws.com" },
      }),
      apiCall("kms", "PutKeyPolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { keyId: KEY, policyName: "default" },
      }),
    ],
  },
};
