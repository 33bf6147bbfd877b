import { elapsedText, showStatus } from "../../../lib/support/status-line";
import { jsonText } from "../../../lib/support/json-text";
import { withAccessOf } from "../../../organization/resolve/access";
import { accountNamed, type Organization } from "../../../organization/organization";
import { readDeployment } from "../../../signals";
import { openAccess } from "../../../verification/aws/access";
import { Unanswered } from "../../../verification/aws/unanswered";
import { readExpected } from "../../../verification/expected/read-expected";
import { leastPrivilege } from "../../../verification/least-privilege";
import { EXIT, exitCode } from "../../../verification/report";
import type { Subject } from "../../../verification/checks/check";
import { waitingClock } from "../../../verification/live/clock";
import type { LiveHub } from "../../../verification/live/hub-execution";
import { proveLive } from "../../../verification/live/live";
import { proveNotification } from "../../../verification/live/notify";
import type { CheckResult } from "../../../verification/result";
import { verify } from "../../../verification/verify";
import { loadAccounts } from "../../load-accounts";
import { printError, printLines } from "../../../lib/support/print";
import { showLiveProgress } from "./progress";
import { verifyJson } from "./json";
import { sectionText, verifySummaryText } from "./text";

/** Options of `trailwatch verify`. */
export interface VerifyCommandOptions {
  readonly accounts: string;
  readonly deployment: string;
  readonly role?: string;
  readonly json: boolean;
  readonly leastPrivilege: boolean;
  readonly live: boolean;
  readonly notify: boolean;
  readonly timeout?: number;
  readonly yes: boolean;
}

/** Exit code of a program that Ctrl-C ended, by shell convention. */
const INTERRUPTED = 130;

/** Verifies each account hop by hop, and prints results as they come. */
export async function runVerify(names: readonly string[], options: VerifyCommandOptions): Promise<void> {
  const organization = withAccessOf(loadAccounts(options.accounts).organization, process.env);
  const accounts = names.length === 0 ? organization.accounts : names.map((name) => accountNamed(organization, name));
  const { role } = options;
  if (options.leastPrivilege) {
    printLines([jsonText(leastPrivilege({ organization, live: options.live, notify: options.notify, role }))]);
    return;
  }
  const expected = expectedIn(options.deployment, organization);
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  // Passive checks change nothing and may end at once; a second Ctrl-C ends everything.
  const isActive = options.live || options.notify;
  if (isActive) process.once("SIGINT", interrupt);
  let done = 0;
  // Active probes show their own progress.
  const status = isActive ? undefined : showStatus((elapsed) => statusText(done, accounts, elapsed));
  try {
    const report = await verify({
      organization,
      expected,
      accounts,
      access: await openAccess({ organization, role }),
      now: Date.now,
      actively: isActive ? (subject, hub) => act(subject, hub, options, interruption.signal) : undefined,
      onSection: options.json
        ? undefined
        : (section) => {
            done += 1;
            status?.clear();
            printLines(sectionText(section));
          },
    });
    status?.stop();
    printLines(options.json ? [jsonText(verifyJson(report))] : verifySummaryText(report));
    process.exitCode = exitCode(report);
  } catch (error) {
    if (interruption.signal.aborted) {
      printError("interrupted: changed alarm states are restored");
      process.exitCode = INTERRUPTED;
      return;
    }
    if (!(error instanceof Unanswered)) throw error;
    status?.stop();
    printError(error.message);
    process.exitCode = EXIT.unknown;
  } finally {
    status?.stop();
    process.off("SIGINT", interrupt);
  }
}

/** The organization itself is one more section. */
function statusText(done: number, accounts: readonly unknown[], elapsed: number): string {
  return `Verifying, ${done} of ${accounts.length + 1} sections done ...${elapsedText(elapsed)}`;
}

/** Runs the requested active probes. */
async function act(
  subject: Subject,
  hub: LiveHub | undefined,
  options: VerifyCommandOptions,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  signal.throwIfAborted();
  const progress = showLiveProgress(subject.account.name);
  const common = {
    clock: waitingClock(signal),
    onProgress: progress.update,
    timeout: options.timeout,
  };
  return [
    ...(options.live ? await proveLive(subject, { ...common, hub, anyNumber: options.yes, onRead: progress.say }) : []),
    ...(options.notify ? await proveNotification(subject, common) : []),
  ];
}

function expectedIn(folder: string, organization: Organization): ReturnType<typeof readExpected> {
  const deployment = readDeployment(folder);
  for (const warning of deployment.warnings) printError(warning);
  return readExpected(folder, deployment, organization);
}
