import type { SharedState } from "../shared-state";
import type { Call } from "./call";
import type { Repair } from "./repair";
import { alarmActions } from "./repairs/alarm-actions";
import { alarmHistory } from "./repairs/alarm-history";
import { bucketPolicy } from "./repairs/bucket-policy";
import { chatChannels } from "./repairs/chat-channels";
import { describeTrails } from "./repairs/describe-trails";
import { emailSubscriptions } from "./repairs/email-subscriptions";
import { insightSelectors } from "./repairs/insight-selectors";
import { lookupEvents } from "./repairs/lookup-events";
import { metricFilters } from "./repairs/metric-filters";
import { type Publish, publishing } from "./repairs/publish";
import { queryDefinitions } from "./repairs/query-definitions";
import { stateMachines } from "./repairs/state-machines";
import { topicSignature } from "./repairs/topic-signature";
import { trailName } from "./repairs/trail-name";
import { trailStatus } from "./repairs/trail-status";

/** Everything that the front door does not simply pass on. The table in docs/sandbox.md lists the same. */
export function allRepairs(shared: SharedState, publish: Publish = notYet): Repair[] {
  return [
    trailName,
    describeTrails,
    insightSelectors(),
    lookupEvents(shared.eventHistory),
    bucketPolicy,
    topicSignature(),
    queryDefinitions(),
    metricFilters,
    trailStatus(shared.deliveries),
    alarmActions,
    ...stateMachines,
    chatChannels(),
    alarmHistory(shared.alarmHistory),
    ...emailSubscriptions(shared.subscriptions, shared.mailbox),
    publishing(publish),
  ];
}

const notYet: Publish = () => Promise.reject(new Error("nothing is delivered before the signal path is there"));

/** The repair for a call. */
export function repairFor(repairs: readonly Repair[], call: Call): Repair | undefined {
  return repairs.find((repair) => repair.service === call.service && repair.operations.includes(call.operation));
}
