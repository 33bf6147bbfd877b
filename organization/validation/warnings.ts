import type { LoadedOrganization } from "../load";
import { describeProblem, inReadingOrder, type Problem } from "./problem";
import type { Detections } from "../schema/schema";
import { unmatchedRules } from "./unmatched-rules";
import type { YamlFile } from "../yaml/yaml-file";

/**
 * Warnings for the user, one line each, with the prefix `warning: `: rules that match no account, and ignore entries
 * whose date has passed. Those stay in force, so that the deployment does not depend on its date. `ignoredFilesWarning`
 * reports files that are not read, before any other problem can stop the load.
 *
 * @param today as YYYY-MM-DD
 */
export function organizationWarnings({ organization, sources }: LoadedOrganization, today: string): string[] {
  const passed = [
    ...passedIgnores(sources.organization, organization.detections, today),
    ...organization.accounts.flatMap(({ name, detections }) => passedIgnores(sources.account(name), detections, today)),
  ];
  const problems = inReadingOrder([...unmatchedRules(sources.organization, organization), ...passed]);
  return problems.map((problem) => `warning: ${describeProblem(problem)}`);
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
