import type { LoadedOrganization } from "../load";
import { describeProblem, inReadingOrder, type Problem } from "./problem";
import type { Detections } from "../schema/schema";
import { unmatchedRules } from "./unmatched-rules";
import type { YamlFile } from "../yaml/yaml-file";

/**
 * What a user should look at, a line each, `warning: ` before it: rules that are for no account, and entries to ignore
 * whose day has passed. Those stay in force, so that what is deployed does not depend on the day of the deployment.
 * Files that are not read are named by `ignoredFilesWarning`, before anything in the others can be wrong.
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
