import type { HopEvent } from "../signal-path/hop-event";

/** Why the signal ends at this hop; undefined: it goes on. */
export function stopReason(event: HopEvent): string | undefined {
  switch (event.hop) {
    case "feed":
      return event.passes ? undefined : `${event.feed}: ${event.reason}`;
    case "alarm":
      return event.to === "ALARM" && event.actions.length === 0
        ? `${event.alarm} went to ALARM and has no action to run`
        : undefined;
    case "forwarding":
    case "alert hub":
      return event.passes ? undefined : event.reason;
    case "topic":
      return event.published ? undefined : `${nameOf(event.topicArn)}: ${event.reason}`;
    case "subscriber":
      return event.delivered ? undefined : `${event.endpoint}: ${event.reason}`;
    case "API call":
    case "CloudTrail":
    case "log group":
    case "metric filter":
    case "metric":
      return undefined;
  }
}

/** The name at the end of an ARN. */
export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
