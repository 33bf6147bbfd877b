import { any, equals, isTrue, type Condition } from "../../condition";

/**
 * CloudTrail left out the request parameters because they exceed 100 KB; a policy padded with blanks does. `omitted` is
 * the boolean `true` in most records and text in some.
 * Source: CloudTrail User Guide, "CloudTrail record contents".
 */
export const OMITTED = any(isTrue("requestParameters.omitted"), equals("requestParameters.omitted", "true"));

/**
 * Detections of all accounts test it only for calls whose parameters can be that long: policies, the definition of a
 * state machine, the targets of a rule, the selectors of a trail, the queries of an alarm.
 *
 * The call names one of our resources by one of these, or its parameters were left out and may have named one.
 */
export function possiblyOurs(...named: readonly Condition[]): Condition {
  return any(...named, OMITTED);
}
