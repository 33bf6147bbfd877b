import { OWN_NAME, OWN_NAMES } from "../../../lib/naming/own-resources";
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
    all(call("cloudtrail", "StopLogging", "DeleteTrail"), named("name", `*${OWN_NAME}*`)),
  ),
  any(
    all(
      any(call("events", "DisableRule", "DeleteRule"), all(call("events", "PutRule"), disabled)),
      named("name", `${OWN_NAME}*`),
    ),
    all(call("events", "RemoveTargets"), named("rule", `${OWN_NAME}*`)),
  ),
  all(call("logs", "DeleteLogGroup", "DeleteMetricFilter"), named("logGroupName", `*${OWN_NAME}*`)),
  all(call("monitoring", "DeleteAlarms", "DisableAlarmActions"), named("alarmNames[*]", OWN_NAMES)),
  all(call("sns", "DeleteTopic"), named("topicArn", `*:${OWN_NAMES}`)),
  all(call("sns", "Unsubscribe"), named("subscriptionArn", `*:${OWN_NAMES}`)),
];
