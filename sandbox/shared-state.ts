import { ConfirmedSubscriptions } from "./proxy/confirmed-subscriptions";
import { Mailbox } from "./mailbox/mailbox";
import { EventHistory } from "./recorder/event-history";
import { AlarmHistoryStore } from "./signal-path/alarm-history";
import { ExecutionStore } from "./signal-path/alert-hub/executions";
import { TrailDeliveries } from "./signal-path/trail-deliveries";

/** State of the signal path that the proxy's shims answer from. */
export interface SharedState {
  readonly subscriptions: ConfirmedSubscriptions;
  readonly mailbox: Mailbox;
  readonly eventHistory: EventHistory;
  readonly alarmHistory: AlarmHistoryStore;
  readonly executions: ExecutionStore;
  readonly deliveries: TrailDeliveries;
}

/** Nothing has happened yet. `now` is the sandbox's time in milliseconds since 1970. */
export function sharedState(now: () => number = Date.now): SharedState {
  const subscriptions = new ConfirmedSubscriptions();
  return {
    subscriptions,
    mailbox: new Mailbox(subscriptions, now),
    eventHistory: new EventHistory(),
    alarmHistory: new AlarmHistoryStore(),
    executions: new ExecutionStore(),
    deliveries: new TrailDeliveries(),
  };
}
