import { all, any, equals, matches, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthersAnywhere } from "./any-account";
import { possiblyOurs } from "./ours";

const MEMBER = { recipientAccountId: "444455556666" };

/** The names of S3's calls as wildcards: the list of `archive-changed` does not fit into one filter pattern. */
const BUCKET_CHANGES = any(matches("eventName", "PutBucket*"), matches("eventName", "DeleteBucket*"));

/** The archive's account may be the one that is compromised. */
export const memberArchiveChanged: Detection = {
  id: "member-archive-changed",
  title: "Archive or state bucket changed, seen from the management account",
  meaning:
    "In the account that owns it, a principal other than Trailwatch's deployment changed the settings or policy of the " +
    "archive, its access logs or the state bucket, or deleted one, or tried to.",
  why: "The account that owns the archive can also silence its own alarms. The organization trail is outside its reach.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.008", "T1485.001"] },
  condition: (account) => {
    const { organizationBuckets = [] } = account;
    if (organizationBuckets.length === 0) return [];
    return [
      all(
        equals("eventSource", "s3.amazonaws.com"),
        BUCKET_CHANGES,
        possiblyOurs(oneOf("requestParameters.bucketName", organizationBuckets)),
        ...byOthersAnywhere(account),
      ),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Find the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "Check the current settings: `aws s3api get-bucket-policy`, `get-object-lock-configuration`, `get-bucket-lifecycle-configuration`, each with `--bucket <bucket>`.",
      "Restore them: `npx cdktf deploy log-archive` (or `state-backend`). A lifecycle rule takes effect within a day.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials."],
    tuning: "Add no `ignore` entries; deploy with the role in `deploymentRole`.",
  },
  examples: {
    matches: [
      apiCall("s3", "PutBucketLifecycle", {
        ...MEMBER,
        requestParameters: { bucketName: "example-org-trailwatch-archive" },
      }),
      apiCall("s3", "DeleteBucketPolicy", {
        ...MEMBER,
        requestParameters: { bucketName: "example-org-trailwatch-state" },
      }),
    ],
    nearMisses: [
      apiCall("s3", "PutBucketPolicy", { ...MEMBER, requestParameters: { bucketName: "example-website" } }),
      apiCall("s3", "PutBucketPolicy", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { bucketName: "example-org-trailwatch-archive" },
      }),
    ],
  },
};
