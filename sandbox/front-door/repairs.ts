import { EventHistory } from "../recorder/event-history";
import type { Call } from "./call";
import type { ConfirmedSubscriptions } from "./confirmed-subscriptions";
import type { Repair } from "./repair";
import { bucketPolicy } from "./repairs/bucket-policy";
import { describeTrails } from "./repairs/describe-trails";
import { emailSubscriptions } from "./repairs/email-subscriptions";
import { insightSelectors } from "./repairs/insight-selectors";
import { lookupEvents } from "./repairs/lookup-events";
import { queryDefinitions } from "./repairs/query-definitions";
import { topicSignature } from "./repairs/topic-signature";
import { trailName } from "./repairs/trail-name";

/** Everything that the front door does not simply pass on. The table in docs/sandbox.md lists the same. */
export function allRepairs(confirmed: ConfirmedSubscriptions, history = new EventHistory()): Repair[] {
  return [
    trailName,
    describeTrails,
    insightSelectors(),
    lookupEvents(history),
    bucketPolicy,
    topicSignature(),
    queryDefinitions(),
    ...emailSubscriptions(confirmed),
  ];
}

/** The repair for a call. */
export function repairFor(repairs: readonly Repair[], call: Call): Repair | undefined {
  return repairs.find((repair) => repair.service === call.service && repair.operations.includes(call.operation));
}
