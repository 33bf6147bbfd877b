import { runProgram } from "../../lib/support/run-program";
import type { Commit, ConfigurationVersion, WorkspaceRecord } from "./records";
import type { RunQueue } from "./runs/run-queue";
import { unguessableName, type Store } from "./store";

/** Commits of a repository, as a VCS provider announces them. */
export interface Push extends Commit {
  /** `<owner>/<name>`. */
  readonly repository: string;
  /** The repository's files at this commit. */
  readonly folder: string;
  /** Paths of the files that it changes, from the root of the repository. */
  readonly changed: readonly string[];
}

/**
 * Gives the commit to each workspace that watches the repository's branch and whose trigger patterns match, and starts
 * runs. Pull requests start speculative plans, where the workspace allows them. With `queue-all-runs` off, runs start
 * only after a user started the first. Sources: HCP Terraform, "UI and VCS-driven run workflow" and "Workspaces API".
 *
 * @returns names of the workspaces that got a run
 */
export async function receivePush(push: Push, store: Store, queue: RunQueue): Promise<string[]> {
  const started: string[] = [];
  for (const workspace of store.all("workspaces").filter((candidate) => watches(candidate, push))) {
    const { id, settings } = workspace;
    const isPullRequest = push.pullRequest !== undefined;
    if (isPullRequest && !settings["speculative-enabled"]) continue;
    const object = unguessableName();
    const { ending, stderr } = await runProgram("tar", ["-czf", store.objectPath(object), "-C", push.folder, "."]);
    if (ending !== 0) throw new Error(`'${push.folder}' could not be packed: ${stderr}`);
    const hasRun = store.all("runs").some((run) => run.workspaceId === id && !run.planOnly);
    const { sha, branch, message, pullRequest } = push;
    const version: ConfigurationVersion = {
      ...{ id: store.newId("configurationVersions"), workspaceId: id, status: "pending", source: "github" },
      ...{ speculative: isPullRequest, provisional: false, object, commit: { sha, branch, message, pullRequest } },
      autoQueueRuns: isPullRequest || hasRun || settings["queue-all-runs"],
    };
    queue.configurationUploaded(store.put("configurationVersions", version));
    if (version.autoQueueRuns) started.push(settings.name);
  }
  return started;
}

function watches({ settings }: WorkspaceRecord, { repository, branch, changed, pullRequest }: Push): boolean {
  const repo = settings["vcs-repo"];
  if (repo?.identifier !== repository) return false;
  if (pullRequest === undefined && (repo.branch ?? "main") !== branch) return false;
  const patterns = settings["trigger-patterns"];
  if (!settings["file-triggers-enabled"] || patterns.length === 0) return true;
  const matchers = patterns.map(patternMatcher);
  return changed.some((path) => matchers.some((matcher) => matcher.test(path)));
}

/** What each wildcard of a trigger pattern matches. Source: HCP Terraform, "Workspace settings: VCS", glob patterns. */
const WILDCARDS: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };

/** A trigger pattern as a regular expression over paths; a slash at the beginning is the root of the repository. */
function patternMatcher(pattern: string): RegExp {
  const parts = pattern.replace(/^\//, "").split(/(\*\*\/|\*\*|\*|\?)/);
  const escaped = parts.map((part) => WILDCARDS[part] ?? part.replace(/[\\^$.|+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${escaped.join("")}$`);
}
