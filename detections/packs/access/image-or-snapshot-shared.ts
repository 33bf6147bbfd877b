import { arnPrefix } from "../../../lib/aws/partitions";
import { all, any, call, differs, equals, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { EXAMPLE_ARN, apiCall } from "../../example-record";

/** Images are shared with accounts, everyone, organizations or organizational units, several in one call. */
const IMAGE = "requestParameters.launchPermission.add.items[*]";
/** Snapshots are shared with accounts or everyone: the first entry of a list is one of the two, and tells of any. */
const added = (permission: "createVolumePermission" | "loadPermission"): Condition =>
  any(
    differs(`requestParameters.${permission}.add.items[0].userId`, ""),
    equals(`requestParameters.${permission}.add.items[0].group`, "all"),
  );

const image = call("ec2", "ModifyImageAttribute");
const volumeShared = any(
  all(call("ec2", "ModifySnapshotAttribute"), added("createVolumePermission")),
  all(call("ec2", "ModifyFpgaImageAttribute"), added("loadPermission")),
);
const databaseShared = any(
  all(
    call("rds", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"),
    differs("requestParameters.valuesToAdd[0]", ""),
  ),
  call("redshift", "AuthorizeSnapshotAccess", "AuthorizeDataShare"),
);

/** An image's list with entries of several kinds counts once for each kind: a filter pattern holds three `*`. */
function conditions({ homeRegion, organizationId, managementAccount }: WatchedAccount): readonly Condition[] {
  const home = `${arnPrefix(homeRegion)}:organizations::${managementAccount}`;
  const otherUnit = differs(`${IMAGE}.organizationalUnitArn`, `${home}:ou/${organizationId}/*`);
  const otherOrganization = differs(`${IMAGE}.organizationArn`, `${home}:organization/${organizationId}`);
  return [
    all(any(volumeShared, all(image, otherUnit)), succeeded()),
    all(any(databaseShared, all(image, otherOrganization)), succeeded()),
    all(
      any(
        all(image, any(differs(`${IMAGE}.userId`, ""), equals(`${IMAGE}.group`, "all"))),
        all(call("ssm", "ModifyDocumentPermission"), differs("requestParameters.accountIdsToAdd[0]", "")),
      ),
      succeeded(),
    ),
  ];
}

const volume = (change: object) => ({ requestParameters: { createVolumePermission: change } });
const launch = (...items: readonly object[]) => ({ requestParameters: { launchPermission: { add: { items } } } });
const restore = (values: object) => ({ requestParameters: { attributeName: "restore", ...values } });

const HOME = `${EXAMPLE_ARN}:organizations::555566667777`;
const STRANGER = `${EXAMPLE_ARN}:organizations::999900001111`;

export const imageOrSnapshotShared: Detection = {
  id: "image-or-snapshot-shared",
  title: "Image or snapshot shared with outsiders",
  meaning:
    "A machine image, volume snapshot, database snapshot, share of Redshift data or document of Systems Manager was shared with another account, another organization, or with everyone.",
  why: "The recipient can copy the whole disk: data leaves without network traffic.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1537"] },
  condition: conditions,
  runbook: {
    firstFiveMinutes: [
      "Find who it was shared with (`userId`, `organizationArn`, `valuesToAdd`, `accountWithRestoreAccess`, `accountIdsToAdd`). Compare with `aws organizations list-accounts`.",
      "Stop sharing it: `aws ec2 modify-snapshot-attribute --snapshot-id <id> --attribute createVolumePermission --operation-type remove --user-ids <account>`; for the others, `modify-image-attribute`, `aws rds modify-db-snapshot-attribute` and `aws redshift revoke-snapshot-access` or `deauthorize-data-share`.",
      "Assume that a copy was made: find out what it contains, and which secrets must be rotated.",
    ],
    falsePositives: ["Images shared within the organization, account by account.", "Backups kept in another account."],
    tuning:
      "Ignore the role that shares images or backups, by `userIdentity.sessionContext.sessionIssuer.arn`. Sharing with your organization or its units as a whole raises no alarm.",
  },
  examples: {
    matches: [
      apiCall("ec2", "ModifySnapshotAttribute", volume({ add: { items: [{ userId: "444455556666" }] } })),
      apiCall("ec2", "ModifyFpgaImageAttribute", {
        requestParameters: {
          fpgaImageId: "afi-0123",
          loadPermission: { add: { items: [{ userId: "444455556666" }] } },
        },
      }),
      apiCall("ec2", "ModifyImageAttribute", launch({ group: "all" })),
      apiCall("rds", "ModifyDBSnapshotAttribute", restore({ valuesToAdd: ["111122223333", "444455556666"] })),
      apiCall("ec2", "ModifySnapshotAttribute", volume({ add: { items: [{ group: "all" }] } })),
      apiCall(
        "ec2",
        "ModifyImageAttribute",
        launch({ organizationArn: `${HOME}:organization/o-exampleorgid` }, { userId: "444455556666" }),
      ),
      apiCall("ec2", "ModifyImageAttribute", launch({ organizationArn: `${STRANGER}:organization/o-foreignorg1` })),
      apiCall(
        "ec2",
        "ModifyImageAttribute",
        launch(
          { organizationalUnitArn: `${HOME}:ou/o-exampleorgid/ou-ab12-11111111` },
          { organizationalUnitArn: `${STRANGER}:ou/o-foreignorg1/ou-cd34-22222222` },
        ),
      ),
      apiCall("ssm", "ModifyDocumentPermission", {
        requestParameters: { name: "Restore", permissionType: "Share", accountIdsToAdd: ["all"] },
      }),
      apiCall("redshift", "AuthorizeDataShare", {
        requestParameters: {
          dataShareArn: `${EXAMPLE_ARN}:redshift:eu-west-1:111122223333:datashare:0e3c/orders`,
          consumerIdentifier: "444455556666",
        },
      }),
      apiCall("redshift", "AuthorizeSnapshotAccess", {
        requestParameters: { snapshotIdentifier: "orders", accountWithRestoreAccess: "444455556666" },
      }),
    ],
    nearMisses: [
      apiCall("ec2", "ModifySnapshotAttribute", volume({ remove: { items: [{ group: "all" }] } })),
      apiCall(
        "ec2",
        "ModifyImageAttribute",
        launch(
          { organizationArn: `${HOME}:organization/o-exampleorgid` },
          { organizationalUnitArn: `${HOME}:ou/o-exampleorgid/ou-ab12-11111111` },
        ),
      ),
      apiCall("rds", "ModifyDBSnapshotAttribute", restore({ valuesToRemove: ["all"] })),
      apiCall("ssm", "ModifyDocumentPermission", {
        requestParameters: { name: "Restore", permissionType: "Share", accountIdsToRemove: ["all"] },
      }),
      apiCall("redshift", "RevokeSnapshotAccess", {
        requestParameters: { snapshotIdentifier: "orders", accountWithRestoreAccess: "444455556666" },
      }),
    ],
  },
};
