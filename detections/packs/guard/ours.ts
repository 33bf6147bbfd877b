import { any, type Condition } from "../../condition";
import { OMITTED } from "../../omitted";

/**
 * The call names one of our resources by one of these, or its parameters were left out and may have named one.
 *
 * Detections of all accounts test it only for calls whose parameters can be that long: policies, the definition of a
 * state machine, the targets of a rule, the selectors of a trail, the queries of an alarm.
 */
export function possiblyOurs(...named: readonly Condition[]): Condition {
  return any(...named, OMITTED);
}
