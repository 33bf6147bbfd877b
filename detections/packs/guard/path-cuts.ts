import { all, any, call, equals, matches, type Field } from "../../condition";

const named = (field: string, ours: string) => matches(`requestParameters.${field}` satisfies Field, ours);
const disabled = equals("requestParameters.state", "DISABLED");

/**
 * Calls that cut the path from an account's events to its subscribers, in as few conditions as three wildcards each
 * allow.
 */
export const PATH_CUTS = [
  any(
    call("organizations", "LeaveOrganization"),
    all(call("cloudtrail", "StopLogging", "DeleteTrail"), named("name", "*trailwatch*")),
  ),
  any(
    all(
      any(call("events", "DisableRule", "DeleteRule"), all(call("events", "PutRule"), disabled)),
      named("name", "trailwatch*"),
    ),
    all(call("events", "RemoveTargets"), named("rule", "trailwatch*")),
  ),
  all(call("logs", "DeleteLogGroup", "DeleteMetricFilter"), named("logGroupName", "*trailwatch*")),
  all(call("monitoring", "DeleteAlarms", "DisableAlarmActions"), named("alarmNames[*]", "trailwatch-*")),
  all(call("sns", "DeleteTopic"), named("topicArn", "*:trailwatch-*")),
  all(call("sns", "Unsubscribe"), named("subscriptionArn", "*:trailwatch-*")),
];
