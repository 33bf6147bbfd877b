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
  const matching = rules.filter(
    (rule) =>
      (rule.topics !== undefined || rule.forwardsTo.length > 0) &&
      rule.state !== "DISABLED" &&
      compiled(rule.pattern).matches(event.asEnvelope.json),
  );
  const reached = [from, ...matching.filter(({ region }) => region === from).flatMap(({ forwardsTo }) => forwardsTo)];
  return matching.filter(({ region, topics }) => topics !== undefined && reached.includes(region));
}

function compiled(pattern: string): CompiledEventPattern {
  const known = patterns.get(pattern) ?? compileEventPattern(pattern);
  patterns.set(pattern, known);
  return known;
}
