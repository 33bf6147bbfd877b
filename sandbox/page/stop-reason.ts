import { forHop, type EachHop, type HopEvent } from "../signal-path/hop-event";

const goesOn = () => undefined;

const REASONS: EachHop<string | undefined> = {
  "API call": goesOn,
  CloudTrail: goesOn,
  feed: ({ passes, feed, reason }) => (passes ? undefined : `${feed}: ${reason}`),
  "log group": goesOn,
  "metric filter": goesOn,
  metric: goesOn,
  alarm: ({ alarm, to, actions }) =>
    to === "ALARM" && actions.length === 0 ? `${alarm} went to ALARM and has no action to run` : undefined,
  forwarding: ({ passes, reason }) => (passes ? undefined : reason),
  "alert hub": ({ passes, reason }) => (passes ? undefined : reason),
  topic: ({ published, topicArn, reason }) => (published ? undefined : `${arnName(topicArn)}: ${reason}`),
  subscriber: ({ delivered, endpoint, reason }) => (delivered ? undefined : `${endpoint}: ${reason}`),
};

/** Why the signal stops at this hop; undefined: it continues. */
export function stopReason(event: HopEvent): string | undefined {
  return forHop(REASONS, event);
}

/** The name at the end of an ARN. */
function arnName(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
