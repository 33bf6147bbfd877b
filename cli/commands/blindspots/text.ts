import { unaccepted, type TriedCall } from "../../../blindspots/blindspots";
import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { aligned } from "../../../lib/support/print";
import type { BlindspotsJson } from "./json";

/** Further accounts are only counted. */
const SHOWN_ACCOUNTS = 4;

/** The silent calls as text, one line for each call and type of resource. */
export function blindspotsText(found: BlindspotsJson): string[] {
  const silent = grouped(unaccepted(found));
  const accepted = grouped(found.calls.filter((call) => call.accepted !== undefined));
  return [
    ...section("Silent: no alarm notifies a subscriber after the effect", silent, ({ effect }) => effect),
    ...section("Silent and accepted", accepted, ({ accepted: reason = "" }) => reason),
    ...found.unknownTypes.map(
      (type) => `${type}: the table of calls lacks this type; add it to blindspots/calls/weakening-calls.ts`,
    ),
    `${counted(found.calls.length, "call")}: ${found.noticed} notify, ${found.accepted} are silent and accepted, ${found.silent} are silent`,
  ];
}

function section(title: string, groups: readonly TriedCall[][], last: (call: TriedCall) => string): string[] {
  if (groups.length === 0) return [];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const accounts = abbreviated([...new Set(group.map(({ account }) => account))].sort(), SHOWN_ACCOUNTS);
    return [[first.call, first.type, `${group.length}`, accounts, last(first)]];
  });
  return [title, ...aligned([["call", "resource", "number", "accounts", "effect or reason"], ...rows]), ""];
}

/** Calls that differ only in the resource. */
function grouped(calls: readonly TriedCall[]): TriedCall[][] {
  const groups = new Map<string, TriedCall[]>();
  for (const call of calls) {
    const key = `${call.call} ${call.type} ${call.effect}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()];
}
