import { any, type Condition } from "../../condition";
import { OMITTED } from "../../omitted";

/**
 * Detections test it for calls whose parameters can be that long, such as policies, the definition of a state machine,
 * the targets of a rule, the selectors of a trail, the queries of an alarm; not where AWS limits them to far less.
 *
 * The call names one of our resources by one of these, or its parameters were left out and may have named one.
 */
export function possiblyOurs(...named: readonly Condition[]): Condition {
  return any(...named, OMITTED);
}
