import { readAccountsFolder } from "../../../inventory/accounts-folder";
import { setDetection } from "../../../inventory/detection-text";
import type { FileChange } from "../../../inventory/plan";
import { loadWithSources } from "../../../organization/load";
import { checkLimits } from "../../../stacks/limit-problems";
import type { Tuning } from "./detections";

/** A file and its new text. */
export interface PlannedChange extends FileChange {
  readonly before: string;
  readonly after: string;
}

/**
 * The account files with the recommended settings and the chosen ignore entries. Writes nothing.
 *
 * @throws Error when the changed files would be invalid, or CloudWatch would refuse a pattern
 */
export function plannedChanges(folder: string, { detections }: Tuning): PlannedChange[] {
  const { accounts, texts } = readAccountsFolder(folder);
  const changes = accounts.flatMap(({ file, text: before, account: { id, name } }): PlannedChange[] => {
    const own = detections.filter(({ tuning }) => tuning.account === name);
    const after = own.reduce((text, { tuning }) => {
      const { detection, now, recommended, noise } = tuning;
      return setDetection(text, detection, {
        ...(recommended === undefined || recommended.threshold === now.threshold
          ? {}
          : { threshold: recommended.threshold }),
        ...(recommended === undefined || recommended.periodSeconds === now.periodSeconds
          ? {}
          : { periodSeconds: recommended.periodSeconds }),
        ignore: noise
          .filter(({ isChosen }) => isChosen)
          .map(({ field, equals, reason }) => ({ field, equals, reason })),
      });
    }, before);
    return after === before ? [] : [{ kind: "changed", file, id, name, before, after }];
  });
  check(folder, new Map([...texts, ...changes.map(({ file, after }) => [file, after] as const)]));
  return changes;
}

/** @throws Error when the files as planned cannot be synthesized */
function check(folder: string, planned: ReadonlyMap<string, string>): void {
  checkLimits(loadWithSources(folder, planned));
}
