import type { Pack } from "../../detection";
import { alarmOrRuleDeleted } from "./alarm-or-rule-deleted";
import { findingsSuppressed } from "./findings-suppressed";
import { firewallRemoved } from "./firewall-removed";
import { logGroupDeleted } from "./log-group-deleted";
import { recordingStopped } from "./recording-stopped";
import { securityServiceStopped } from "./security-service-stopped";

/** Other security services. */
export const watchers: Pack = {
  id: "watchers",
  description:
    "Other security services that are turned off or made blind. On by default in every account: intruders turn them off first, and any other change of that kind is planned.",
  title: "Other security services",
  detections: [
    securityServiceStopped,
    findingsSuppressed,
    recordingStopped,
    firewallRemoved,
    logGroupDeleted,
    alarmOrRuleDeleted,
  ],
};
