import type { SharedState } from "../shared-state";
import type { Call } from "./call";
import type { Shim } from "./shim";
import { alarmHistory } from "./shims/alarm-history";
import { bucketPolicy } from "./shims/bucket-policy";
import { chatChannels } from "./shims/chat-channels";
import { connections } from "./shims/connections";
import { describeTrails } from "./shims/describe-trails";
import { emailSubscriptions } from "./shims/email-subscriptions";
import { executionHistory } from "./shims/execution-history";
import { filterLogEvents } from "./shims/filter-log-events";
import { insightSelectors } from "./shims/insight-selectors";
import { lookupEvents } from "./shims/lookup-events";
import { metricFilters } from "./shims/metric-filters";
import { type Publish, publishing } from "./shims/publish";
import { queryDefinitions } from "./shims/query-definitions";
import { stateMachines } from "./shims/state-machines";
import { topicSignature } from "./shims/topic-signature";
import { trailName } from "./shims/trail-name";
import { trailStatus } from "./shims/trail-status";

/** Everything that the proxy does not pass on unchanged. The table in docs/sandbox.md lists the same. */
export function allShims(shared: SharedState, publish: Publish = notYet): Shim[] {
  return [
    trailName,
    describeTrails,
    insightSelectors(),
    lookupEvents(shared.eventHistory),
    bucketPolicy,
    topicSignature(),
    queryDefinitions(),
    metricFilters,
    filterLogEvents,
    trailStatus(shared.deliveries),
    ...stateMachines,
    executionHistory(shared.executions),
    chatChannels(),
    connections(),
    alarmHistory(shared.alarmHistory),
    ...emailSubscriptions(shared.subscriptions, shared.mailbox),
    publishing(publish),
  ];
}

const notYet: Publish = () => Promise.reject(new Error("nothing is delivered before the signal path is there"));

/** The shim for a call. */
export function shimFor(shims: readonly Shim[], call: Call): Shim | undefined {
  return shims.find((shim) => shim.service === call.service && shim.operations.includes(call.operation));
}
