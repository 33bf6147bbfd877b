import { shownValue } from "../../../lib/support/printable";
import type { LoadedOrganization } from "../../../organization/load";
import { didYouMean } from "../../../lib/support/did-you-mean";
import { subscriptionsOf } from "../../../organization/resolve/subscriptions";
import type { Label, NoiseEntry } from "../../../signals";
import type { Tuning } from "./detections";

const SHOWN_ENTRIES = 5;

/** @throws Error for a label of an unknown alarm, which would keep nothing */
export function checkLabels(labels: readonly Label[], { organization }: LoadedOrganization): void {
  const named = labels.flatMap(({ alarm }) => (alarm === undefined ? [] : [`${alarm.account}/${alarm.detection}`]));
  if (named.length === 0) return;
  const known = organization.accounts.flatMap((account) =>
    subscriptionsOf(organization, account).map(({ detection }) => `${account.name}/${detection.id}`),
  );
  const ids = new Set(known);
  const unknown = named.find((id) => !ids.has(id));
  if (unknown === undefined) return;
  const hint = didYouMean(unknown, known) ?? "'trailwatch detections <account>' lists them";
  throw new Error(
    `'--keep' must name an account and a detection that is on there, got '${shownValue(unknown)}' (${hint})`,
  );
}

/** @throws Error for an entry that is not listed, or that would hide an incident */
export function checkChosen(tuning: Tuning, chosen: readonly string[]): void {
  const entries = tuning.detections.flatMap(({ tuning: { noise } }) => noise);
  for (const id of chosen) {
    const entry = entries.find((candidate) => candidate.id === id);
    if (entry === undefined) {
      throw new Error(
        `'--ignore' must be the id of an entry as it is listed, such as payments/denied-call-burst/3fa85f, got '${shownValue(id)}' (${nearTo(id, entries)})`,
      );
    }
    if (entry.hides.length > 0) {
      throw new Error(
        `'--ignore' must hide no incident of '--keep', got '${shownValue(id)}', which hides ${entry.hides.join(", ")}`,
      );
    }
  }
  for (const { tuning: found } of tuning.detections) {
    if (!found.noise.some(({ isChosen }) => isChosen)) continue;
    const lost = found.incidents.filter(({ now, then }) => now && !then).map(({ label }) => label);
    if (lost.length === 0) continue;
    throw new Error(
      `'--ignore' must hide no incident of '--keep', got entries of ${found.account}/${found.detection} that together hide ${lost.join(", ")}`,
    );
  }
}

/** The entries of the same detection, one of which it may be. */
function nearTo(id: string, entries: readonly NoiseEntry[]): string {
  const detection = id.slice(0, id.lastIndexOf("/") + 1);
  const near = entries.filter((entry) => detection !== "" && entry.id.startsWith(detection));
  if (near.length === 0) return "'trailwatch tune' lists them; none is of that detection";
  return `there are ${near
    .slice(0, SHOWN_ENTRIES)
    .map((entry) => `${entry.id}: ${entry.field} = '${entry.equals}'`)
    .join(", ")}`;
}

/** @throws Error when the deployment was not synthesized from the same files, or a label is unknown */
export function checkApplicable({ stale, unknownLabels }: Tuning): void {
  if (stale.length > 0)
    throw new Error(
      `'--apply' must use a deployment synthesized from the same files; nothing was written\n${stale.join("\n")}`,
    );
  if (unknownLabels.length === 0) return;
  throw new Error(
    `'--keep' must name events among the records that match a detection, so that '--apply' can honour them, ` +
      `got ${unknownLabels.map(({ text }) => `'${text}'`).join(", ")}; nothing was written`,
  );
}
