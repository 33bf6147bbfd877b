import { ACCEPTED_RISKS } from "../../blindspots/accepted";
import { sourceOf, type WeakeningCall } from "../../blindspots/calls/call";
import { WEAKENING_CALLS } from "../../blindspots/calls/weakening-calls";
import { markdownTable } from "../../detections/docs/markdown";

/** The calls that weaken the monitoring, by type of the resource; those with one effect share a row. */
export function weakeningCallsTable(): string {
  const rows = Object.entries(WEAKENING_CALLS).flatMap(([type, calls]) =>
    [...byEffect(calls)].map(([effect, some]) => [
      `\`${type}\``,
      some.map((call) => `[${call.service}:${call.operation}](${sourceOf(call)})`).join(", "),
      effect,
      some.some(({ cuts }) => cuts !== false) ? "at once" : "-",
    ]),
  );
  return markdownTable(["resource", "calls", "effect", "cuts the path"], rows);
}

/** The silent calls that are accepted, with the reasons. */
export function acceptedRisksTable(): string {
  const rows = ACCEPTED_RISKS.map(({ call, type, reason }) => [call, `\`${type}\``, reason]);
  return rows.length === 0 ? "None." : markdownTable(["call", "resource", "reason"], rows);
}

function byEffect(calls: readonly WeakeningCall[]): ReadonlyMap<string, WeakeningCall[]> {
  const groups = new Map<string, WeakeningCall[]>();
  for (const call of calls) {
    const group = groups.get(call.effect) ?? [];
    // A call in two forms, such as a log group by name and by ARN, is one row's entry.
    if (!group.some(({ operation }) => operation === call.operation)) group.push(call);
    groups.set(call.effect, group);
  }
  return groups;
}
