import { compileEventPattern, type CompiledEventPattern } from "../../../lib/patterns/event-pattern/event-pattern";
import type { DeployedRule } from "../../deployment/deployment";
import type { TrailEvent } from "./trail-event";

const patterns = new Map<string, CompiledEventPattern>();

/**
 * The rules among those of an account that send an event of the account to a topic, without log group, metric filter and
 * alarm; also in a region to which another of its rules forwards the event.
 */
export function topicRulesOf<Rule extends DeployedRule>(rules: readonly Rule[], event: TrailEvent): readonly Rule[] {
  const { region: from } = event.record;
  const matches = ({ state, pattern }: Rule): boolean =>
    state !== "DISABLED" && compiled(pattern).matches(event.asEnvelope.json);
  const forwarding = rules.filter((rule) => rule.region === from && rule.forwardsTo.length > 0 && matches(rule));
  const reached = [from, ...forwarding.flatMap(({ forwardsTo }) => forwardsTo)];
  return rules.filter((rule) => rule.topics !== undefined && reached.includes(rule.region) && matches(rule));
}

function compiled(pattern: string): CompiledEventPattern {
  const known = patterns.get(pattern) ?? compileEventPattern(pattern);
  patterns.set(pattern, known);
  return known;
}
