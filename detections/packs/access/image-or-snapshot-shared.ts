import { all, any, call, equals, exists, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall } from "../../example-record";

/** A share names an account, or `all` for everyone. Sharing an image with the organization is excluded. */
const added = (permission: "createVolumePermission" | "launchPermission") =>
  any(
    exists(`requestParameters.${permission}.add.items[0].userId`),
    equals(`requestParameters.${permission}.add.items[*].group`, "all"),
  );

const volume = (change: object) => ({ requestParameters: { createVolumePermission: change } });
const launch = (item: object) => ({ requestParameters: { launchPermission: { add: { items: [item] } } } });
const restore = (values: object) => ({ requestParameters: { attributeName: "restore", ...values } });

export const imageOrSnapshotShared: Detection = {
  id: "image-or-snapshot-shared",
  title: "Image or snapshot shared with outsiders",
  meaning: "A machine image, volume snapshot or database snapshot was shared with another account, or with everyone.",
  why: "The recipient can copy the whole disk: data leaves without network traffic.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1537"] },
  condition: () => [
    all(call("ec2", "ModifySnapshotAttribute"), added("createVolumePermission"), succeeded()),
    all(call("ec2", "ModifyImageAttribute"), added("launchPermission"), succeeded()),
    all(
      call("rds", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"),
      exists("requestParameters.valuesToAdd[0]"),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account that it was shared with (`userId`, `valuesToAdd`). Compare with `aws organizations list-accounts`.",
      "Stop sharing it: `aws ec2 modify-snapshot-attribute --snapshot-id <id> --attribute createVolumePermission --operation-type remove --user-ids <account>`; for the others, `modify-image-attribute` and `aws rds modify-db-snapshot-attribute`.",
      "Assume that a copy was made: find out what it contains, and which secrets must be rotated.",
    ],
    falsePositives: ["Images shared within the organization, account by account.", "Backups kept in another account."],
    tuning: "Ignore the role that shares images or backups, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "ModifySnapshotAttribute", volume({ add: { items: [{ userId: "444455556666" }] } })),
      apiCall("ec2", "ModifyImageAttribute", launch({ group: "all" })),
      apiCall("rds", "ModifyDBSnapshotAttribute", restore({ valuesToAdd: ["all"] })),
      apiCall("ec2", "ModifySnapshotAttribute", volume({ add: { items: [{ group: "all" }] } })),
      apiCall("ec2", "ModifyImageAttribute", launch({ userId: "444455556666" })),
    ],
    nearMisses: [
      apiCall("ec2", "ModifySnapshotAttribute", volume({ remove: { items: [{ group: "all" }] } })),
      apiCall("ec2", "ModifyImageAttribute", launch({ organizationArn: "arn:aws:organizations::1:organization/o-1" })),
      apiCall("rds", "ModifyDBSnapshotAttribute", restore({ valuesToRemove: ["all"] })),
    ],
  },
};
