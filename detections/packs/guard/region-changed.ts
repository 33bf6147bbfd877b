import { call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** Rules forward the events of the regions in `furtherRegions` only. */
export const regionChanged: Detection = {
  id: "region-changed",
  title: "Region enabled or disabled",
  meaning: "A principal enabled or disabled a region of the account, or tried to.",
  why: "No rule forwards the events of a region that was just enabled: what happens there raises no alarm in the account.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1535"] },
  condition: call("account", "EnableRegion", "DisableRegion"),
  runbook: {
    firstFiveMinutes: [
      "List the regions: `aws account list-regions --region-opt-status-contains ENABLED ENABLING`.",
      "If the region was not requested: `aws account disable-region --region-name <region>`, and search the archive for what happened there.",
      "If it stays: add it to `furtherRegions` in `organization.yaml` and deploy.",
    ],
    falsePositives: ["A team that begins to use a region."],
    tuning: "Add no `ignore` entries: it is rare.",
  },
  examples: {
    matches: [
      apiCall("account", "EnableRegion", { awsRegion: "us-east-1", requestParameters: { RegionName: "ap-east-1" } }),
      deniedCall("account", "DisableRegion", { awsRegion: "us-east-1" }),
    ],
    nearMisses: [
      apiCall("account", "ListRegions", { awsRegion: "us-east-1" }),
      apiCall("account", "PutAlternateContact", { awsRegion: "us-east-1" }),
    ],
  },
};
