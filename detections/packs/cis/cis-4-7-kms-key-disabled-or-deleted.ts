import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const kmsKeyDisabledOrDeleted = cisControl({
  number: "4.7",
  id: "cis-4-7-kms-key-disabled-or-deleted",
  title: "KMS key disabled or scheduled for deletion",
  severity: "medium",
  securityHub: "CloudWatch.7",
  mitre: ["T1485"],
  tunedTwin: "kms-key-disabled",
  patterns: ["{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}"],
  meaning: "A key was disabled or scheduled for deletion, or a principal tried to do so.",
  why: "Everything encrypted with the key is unreadable, and permanently so once the key is deleted.",
  firstFiveMinutes: [
    "Undo it, which is safe: `aws kms cancel-key-deletion --key-id <key>`, then `aws kms enable-key --key-id <key>`.",
    "Follow the runbook of `kms-key-disabled`, which pages for the same event.",
  ],
  falsePositives: ["An environment being taken down by its deployment."],
  examples: {
    matches: [
      apiCall("kms", "DisableKey"),
      apiCall("kms", "ScheduleKeyDeletion", { requestParameters: { pendingWindowInDays: 7 } }),
      deniedCall("kms", "ScheduleKeyDeletion"),
    ],
    nearMisses: [
      apiCall("kms", "DisableKeyRotation"),
      apiCall("kms", "CancelKeyDeletion"),
      // Not covered: without its imported material, a key is as good as disabled.
      apiCall("kms", "DeleteImportedKeyMaterial"),
    ],
  },
});
