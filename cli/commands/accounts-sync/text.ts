import { join } from "node:path";
import { isActive } from "../../../inventory/aws-organization";
import type { Choices, Effect } from "../../../inventory/effects";
import { lineDiff, withContext } from "../../../lib/support/line-diff";
import type { FileChange, Plan } from "../../../inventory/plan";
import { aligned, type Line } from "../../../lib/support/print";

type Effects = ReadonlyMap<string, Effect>;

/** What the sync would write: a line for each file to create or remove, and the changed lines of other files. */
export function differenceText(folder: string, plan: Plan, effects: Effects): Line[] {
  const { organization, changes, leftovers } = plan;
  const active = organization.accounts.filter(isActive).length;
  const closed = organization.accounts.length - active;
  const head = `${organization.id}: ${active} active accounts${closed > 0 ? `, ${closed} others` : ""}`;

  const placeOf = new Map(
    organization.accounts.map(({ id, organizationalUnit = "(root)" }) => [id, organizationalUnit]),
  );
  const reasonOf = new Map(leftovers.map(({ id, reason }) => [id, reason]));
  const added = aligned(
    of(plan, "new").map(({ file, id }) => {
      const effect = effects.get(id);
      return [`+ ${join(folder, file)}`, id, placeOf.get(id) ?? "", ...(effect ? choicesOf(effect.after) : [])];
    }),
  );
  const changed = of(plan, "changed").flatMap((change): Line[] => [
    `~ ${join(folder, change.file)}`,
    ...diffLines(change),
    ...effectLines(effects.get(change.id)),
  ]);
  const removed = aligned(
    of(plan, "removed").map(({ file, id }) => [`- ${join(folder, file)}`, id, reasonOf.get(id) ?? ""]),
  );
  return [{ dim: head }, ...(changes.length > 0 ? [""] : []), ...added, ...changed, ...removed];
}

/** What there was to do, what was done, and what to do next. */
export function syncSummaryText(plan: Plan, { written, pruned }: { written: boolean; pruned: boolean }): Line[] {
  const { changes, unchanged, leftovers } = plan;
  const counts = [
    `${of(plan, "new").length} new`,
    `${of(plan, "changed").length} changed`,
    `${unchanged} unchanged`,
    ...(pruned ? [`${of(plan, "removed").length} ${written ? "removed" : "to remove"}`] : []),
  ].join(", ");
  const kept = aligned(leftovers.map(({ file, id, reason }) => [`  ${file}`, id, reason]));
  return [
    "",
    `${counts}.${written ? "" : changes.length > 0 ? " Nothing was written; --yes writes without confirmation." : ""}`,
    ...(pruned || leftovers.length === 0 ? [] : ["Would be removed with --prune:", ...kept]),
  ];
}

/** The same as JSON. */
export function syncJson(plan: Plan, effects: Effects, written: boolean) {
  const { organization, changes, unchanged, leftovers, inactive } = plan;
  return {
    organization: organization.id,
    accounts: organization.accounts.length,
    unchanged,
    changes: changes.map((change) => {
      const { kind, file, id, name } = change;
      const effect = effects.get(id);
      return {
        kind,
        file,
        id,
        name,
        diff: diffOf(change),
        effect: effect === undefined ? undefined : { before: picked(effect.before), after: picked(effect.after) },
      };
    }),
    leftovers,
    withoutFile: inactive.map(({ id, name, state }) => ({ id, name, state })),
    written,
  };
}

function of({ changes }: Plan, kind: FileChange["kind"]): FileChange[] {
  return changes.filter((change) => change.kind === kind);
}

function diffLines(change: FileChange): Line[] {
  return withContext(lineDiff(change.before ?? "", change.after ?? "")).map(({ sign, text }) =>
    sign === " " ? { dim: `      ${text}` } : `    ${sign} ${text}`,
  );
}

function diffOf({ before, after }: FileChange): string[] {
  if (before === undefined || after === undefined) {
    const sign = before === undefined ? "+" : "-";
    return (before ?? after ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => `${sign} ${line}`);
  }
  return withContext(lineDiff(before, after), 0).map(({ sign, text }) => `${sign} ${text}`);
}

function effectLines(effect: Effect | undefined): Line[] {
  if (effect?.before === undefined) return [];
  const [before, after] = [choicesOf(effect.before), choicesOf(effect.after)];
  return before.flatMap((was, index) => {
    const is = after[index] ?? "";
    return was === is ? [] : [`    ${was} → ${is.replace(/^\w+ /, "")}`];
  });
}

function choicesOf({ feed, packs }: Choices): string[] {
  return [`feed ${feed}`, `packs ${packs.join(", ") || "none"}`];
}

function picked(choices: Choices | undefined) {
  return choices === undefined ? undefined : { feed: choices.feed, packs: choices.packs };
}
