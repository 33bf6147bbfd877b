import { notByService } from "../../by-service";
import { all, any, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, awsService, deniedCall } from "../../example-record";

const image = { requestParameters: { imageId: "ami-0123456789abcdef0" } };

export const machineImageDestroyed: Detection = {
  id: "machine-image-destroyed",
  title: "Machine image deregistered, or its protection removed",
  meaning:
    "A machine image was deregistered or its protection from that was turned off, a snapshot was unlocked, or a retention " +
    "rule of the Recycle Bin was deleted, changed or unlocked. What AWS Backup and other services do is left out.",
  why: "Without images and snapshots, machines cannot be restored: the step before ransom.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485", "T1490"] },
  condition: all(
    any(
      call("ec2", "DeregisterImage", "DisableImageDeregistrationProtection", "UnlockSnapshot"),
      call("rbin", "DeleteRule", "UpdateRule", "UnlockRule"),
    ),
    succeeded(),
    notByService(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) through another channel. Several images within minutes are no cleanup: disable the caller's key or sessions.",
      "Restore what the Recycle Bin kept: `aws ec2 list-images-in-recycle-bin`, `aws ec2 restore-image-from-recycle-bin --image-id <id>`; otherwise register the image again from its snapshots.",
      "Protect the rest: `aws ec2 enable-image-deregistration-protection --image-id <id>`, and copies in another account.",
    ],
    falsePositives: ["A pipeline or script that removes old images.", "Terraform that replaces an image."],
    tuning: "Ignore the role that removes old images, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "DeregisterImage", image),
      apiCall("ec2", "DisableImageDeregistrationProtection", image),
      apiCall("rbin", "DeleteRule", { requestParameters: { identifier: "abcdefghijk" } }),
    ],
    nearMisses: [
      apiCall("ec2", "DeregisterImage", { ...image, userIdentity: awsService("backup") }),
      deniedCall("ec2", "DeregisterImage", image),
      // Backups of every kind delete old snapshots, one by one.
      apiCall("ec2", "DeleteSnapshot", { requestParameters: { snapshotId: "snap-0123456789abcdef0" } }),
      apiCall("events", "DeleteRule", { requestParameters: { name: "nightly" } }),
    ],
  },
};
