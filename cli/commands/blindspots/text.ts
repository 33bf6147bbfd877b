import { unaccepted, type TriedCall } from "../../../blindspots/blindspots";
import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { printableLine } from "../../../lib/support/printable";
import { toned, type Line, type Tone } from "../../../lib/support/print";
import type { BlindspotsJson } from "./json";

/** Further accounts are only counted. */
const SHOWN_ACCOUNTS = 4;

/** The silent calls, one line for each call and type of resource, the most frequent first; then the totals. */
export function blindspotsText(found: BlindspotsJson): Line[] {
  const silent = grouped(unaccepted(found));
  const accepted = grouped(found.calls.filter((call) => call.accepted !== undefined));
  return [
    ...section("Silent: no alarm notifies a subscriber after the effect", silent, ({ effect }) => effect, "bad"),
    ...section("Silent and accepted", accepted, ({ accepted: reason = "" }) => reason),
    ...found.unknownTypes.map((type): Line => [
      { bad: type },
      ": the table of calls lacks this type; add it to blindspots/calls/weakening-calls.ts",
    ]),
    ...Object.entries(found.omittedRegions).map(
      ([region, reason]) =>
        `${region} is omitted: ${printableLine(reason)}: accounts with feed event-bus do not see IAM, root sign-ins and other events there`,
    ),
    `${counted(found.calls.length, "call")}: ${found.noticed} notify, ${found.accepted} are silent and accepted, ${found.silent} are silent`,
  ];
}

function section(
  title: string,
  groups: readonly TriedCall[][],
  last: (call: TriedCall) => string,
  tone?: Tone,
): Line[] {
  if (groups.length === 0) return [];
  const lines = groups.flatMap((group): Line[] => {
    const [first] = group;
    if (first === undefined) return [];
    const accounts = abbreviated([...new Set(group.map(({ account }) => account))].sort(), SHOWN_ACCOUNTS);
    return [["  ", toned(tone, `${group.length} × ${first.call}`), ` on ${first.type} in ${accounts}: ${last(first)}`]];
  });
  return [{ strong: title }, ...lines, ""];
}

/** Calls that differ only in the resource. */
function grouped(calls: readonly TriedCall[]): TriedCall[][] {
  const groups = new Map<string, TriedCall[]>();
  for (const call of calls) {
    const key = `${call.call} ${call.type} ${call.effect}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].sort((one, other) => other.length - one.length);
}
