import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const awsConfigChanges = cisControl({
  number: "4.9",
  id: "cis-4-9-aws-config-changes",
  title: "AWS Config changes",
  severity: "medium",
  securityHub: "CloudWatch.9",
  mitre: ["T1562.001"],
  patterns: [
    "{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}",
  ],
  meaning: "Config's recorder or delivery channel was changed, stopped or deleted, or a principal tried to do so.",
  why: "Auditors and checkers rely on Config. Without it, resource changes are not recorded.",
  firstFiveMinutes: [
    "Is it recording? `aws configservice describe-configuration-recorder-status`; if not, `aws configservice start-configuration-recorder --configuration-recorder-name <name>`.",
    "Find who stopped it, and what they changed while it was off.",
  ],
  falsePositives: ["Control Tower or a landing zone that manages Config."],
  examples: {
    matches: [
      apiCall("config", "StopConfigurationRecorder"),
      apiCall("config", "PutDeliveryChannel"),
      deniedCall("config", "DeleteDeliveryChannel"),
    ],
    nearMisses: [
      apiCall("config", "StartConfigurationRecorder"),
      // Not covered: deleting a recorder stops recording too.
      apiCall("config", "DeleteConfigurationRecorder"),
    ],
  },
});
