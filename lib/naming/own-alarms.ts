import type { AlarmHeadline } from "./alarm-description";

interface OwnAlarm extends AlarmHeadline {
  /** What happened, in a sentence. */
  readonly meaning: string;
}

/**
 * The alarms that stacks create besides those of detections, by the part of their name behind the account's.
 *
 * The alert hub knows no others: an alarm that is missing here arrives as an unknown alarm.
 */
export const OWN_ALARMS = {
  "alert-forwarding": {
    title: "Alarms did not reach the hub",
    severity: "high",
    kind: "alert",
    meaning: "EventBridge could not deliver alarms of this account to the alert hub, which did not notify anyone.",
  },
  "alert-hub": {
    title: "The alert hub could not process an alarm",
    severity: "critical",
    kind: "alert",
    meaning: "An alarm reached the hub, and no subscriber was notified.",
  },
  "alert-hub-failures": {
    title: "The alert hub failed at an alarm",
    severity: "critical",
    kind: "alert",
    meaning: "An alarm reached the hub, and subscribers may not have been notified.",
  },
  "alert-hub-heartbeat": {
    title: "The alert hub receives nothing",
    severity: "critical",
    kind: "alert",
    meaning:
      "For two hours no heartbeat passed through the alert hub: its bus, its rule or its state machine has stopped.",
  },
  "change-window-open": {
    title: "Change window opened",
    severity: "high",
    kind: "alert",
    meaning: "Alarms of this account are quiet until it ends, except those of packs cis and guard.",
  },
  "change-window-too-long": {
    title: "Change windows open for over two hours in a day",
    severity: "critical",
    kind: "alert",
    meaning: "No window is left for now: alarms of this account notify again.",
  },
  webhooks: {
    title: "Alerts did not reach a webhook",
    severity: "high",
    kind: "alert",
    meaning: "EventBridge could not post alarms to a webhook of the alert hub. Other subscribers were notified.",
  },
} as const satisfies Readonly<Record<string, OwnAlarm>>;

export type OwnAlarmId = keyof typeof OWN_ALARMS;
