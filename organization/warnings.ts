import { ignoredFilesWarning } from "./ignored-files";
import type { LoadedOrganization } from "./load";
import { describeProblem, inReadingOrder, type Problem } from "./problem";
import type { Detections } from "./schema";
import { unmatchedRules } from "./unmatched-rules";
import type { YamlFile } from "./yaml-file";

/**
 * What a user should look at, a line each, `warning: ` before it: files that are not read, rules that are for no
 * account, and entries to ignore whose day has passed. Those stay in force, so that what is deployed does not depend on the day of the
 * deployment.
 *
 * @param today as YYYY-MM-DD
 */
export function organizationWarnings({ folder, organization, sources }: LoadedOrganization, today: string): string[] {
  const passed = [
    ...passedIgnores(sources.organization, organization.detections, today),
    ...organization.accounts.flatMap(({ name, detections }) => passedIgnores(sources.account(name), detections, today)),
  ];
  const problems = inReadingOrder([...unmatchedRules(sources.organization, organization), ...passed]);
  return [...ignoredFilesWarning(folder), ...problems.map((problem) => `warning: ${describeProblem(problem)}`)];
}

function passedIgnores(file: YamlFile, detections: Detections, today: string): Problem[] {
  return Object.entries(detections).flatMap(([id, settings]) =>
    (settings?.ignore ?? []).flatMap(({ until }, index) => {
      if (until === undefined || until >= today) return [];
      const hint = "its events are ignored still: remove the entry, or give it a later day";
      return [file.problem(["detections", id, "ignore", index, "until"], "not have passed", { hint })];
    }),
  );
}
