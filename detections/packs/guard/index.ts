import type { Pack } from "../../detection";
import { alarmChanged } from "./alarm-changed";
import { alertHubChanged } from "./alert-hub-changed";
import { archiveChanged } from "./archive-changed";
import { delegatedAdministratorChanged } from "./delegated-administrator-changed";
import { eventRuleChanged } from "./event-rule-changed";
import { heartbeat } from "./heartbeat";
import { keyPolicyChanged } from "./key-policy-changed";
import { logEventsWithheld } from "./log-events-withheld";
import { logGroupChanged } from "./log-group-changed";
import { memberSilenced } from "./member-silenced";
import { organizationLeft } from "./organization-left";
import { ownDeployment } from "./own-deployment";
import { stateReadByStranger } from "./state-read-by-stranger";
import { tamperingRefused } from "./tampering-refused";
import { topicChanged } from "./topic-changed";
import { trailChanged } from "./trail-changed";
import { trailStopped } from "./trail-stopped";
import { watcherRoleChanged } from "./watcher-role-changed";

/** Watches the monitoring itself: each hop of the signal path, and calls that would cut it. */
export const guard: Pack = {
  id: "guard",
  title: "Watching the watchers",
  detections: [
    heartbeat,
    trailStopped,
    trailChanged,
    organizationLeft,
    delegatedAdministratorChanged,
    archiveChanged,
    stateReadByStranger,
    eventRuleChanged,
    logGroupChanged,
    logEventsWithheld,
    alarmChanged,
    topicChanged,
    alertHubChanged,
    watcherRoleChanged,
    keyPolicyChanged,
    memberSilenced,
    tamperingRefused,
    ownDeployment,
  ],
};
