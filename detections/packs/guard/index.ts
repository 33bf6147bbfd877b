import type { Pack } from "../../detection";
import { alarmChanged } from "./alarm-changed";
import { alertHubChanged } from "./alert-hub-changed";
import { archiveChanged } from "./archive-changed";
import { delegatedAdministratorChanged } from "./delegated-administrator-changed";
import { eventRuleChanged } from "./event-rule-changed";
import { heartbeat } from "./heartbeat";
import { heartbeatChanged } from "./heartbeat-changed";
import { iamParametersOmitted } from "./iam-parameters-omitted";
import { ignoredRoleCreated } from "./ignored-role-created";
import { investigationAidChanged } from "./investigation-aid-changed";
import { keyPolicyChanged } from "./key-policy-changed";
import { logEventsWithheld } from "./log-events-withheld";
import { logGroupChanged } from "./log-group-changed";
import { logPolicyChanged } from "./log-policy-changed";
import { memberAlarmsChanged } from "./member-alarms-changed";
import { memberAlertHubChanged } from "./member-alert-hub-changed";
import { memberArchiveChanged } from "./member-archive-changed";
import { memberKeysChanged } from "./member-keys-changed";
import { memberRolesChanged } from "./member-roles-changed";
import { memberSilenced } from "./member-silenced";
import { memberTopicsChanged } from "./member-topics-changed";
import { organizationLeft } from "./organization-left";
import { ownDeployment } from "./own-deployment";
import { regionChanged } from "./region-changed";
import { restrictingPolicyAttached } from "./restricting-policy-attached";
import { stateReadByStranger } from "./state-read-by-stranger";
import { tamperingRefused } from "./tampering-refused";
import { topicChanged } from "./topic-changed";
import { trailChanged } from "./trail-changed";
import { trailStopped } from "./trail-stopped";
import { watcherRoleChanged } from "./watcher-role-changed";
import { webhookChanged } from "./webhook-changed";

/** Watches the monitoring itself: each hop of the signal path, and calls that would cut it. */
export const guard: Pack = {
  id: "guard",
  description:
    "The monitoring itself: each hop of the signal path, and calls that would cut it. On by default in every account: without it, silence could mean that the monitoring is off.",
  title: "Watching the watchers",
  detections: [
    heartbeat,
    heartbeatChanged,
    trailStopped,
    trailChanged,
    organizationLeft,
    delegatedAdministratorChanged,
    restrictingPolicyAttached,
    regionChanged,
    archiveChanged,
    stateReadByStranger,
    eventRuleChanged,
    logGroupChanged,
    logEventsWithheld,
    logPolicyChanged,
    alarmChanged,
    topicChanged,
    alertHubChanged,
    webhookChanged,
    watcherRoleChanged,
    iamParametersOmitted,
    ignoredRoleCreated,
    keyPolicyChanged,
    investigationAidChanged,
    memberSilenced,
    memberAlarmsChanged,
    memberTopicsChanged,
    memberRolesChanged,
    memberArchiveChanged,
    memberAlertHubChanged,
    memberKeysChanged,
    tamperingRefused,
    ownDeployment,
  ],
};
