import pLimit from "p-limit";
import { accountNamed, accountWithRole, type Account, type Organization } from "../organization/organization";
import type { AccountAccess } from "./aws/access";
import { Unanswered } from "./aws/unanswered";
import { omittedRegionsOf } from "../organization/resolve/omitted-regions";
import { regionCoverOf } from "../organization/resolve/region-cover";
import { checkAccount } from "./checks/account-checks";
import { runChecks, type Check, type Subject } from "./checks/check";
import { archiveChecks, trustedAccess } from "./checks/organization";
import { trailQuotaChecks } from "./checks/quotas";
import { trailChecks } from "./checks/trail";
import type { ExpectedAccount } from "./expected/expected-account";
import type { LiveHub } from "./live/hub-execution";
import { byHop, type Report, type Section } from "./report";
import { unansweredFinding, unknown, type CheckResult } from "./result";

export interface VerifyOptions {
  readonly organization: Organization;
  /** What was synthesized, by account id. */
  readonly expected: ReadonlyMap<string, ExpectedAccount>;
  /**
   * The accounts to verify; the organization's trail and archive are always verified, because every account needs them.
   */
  readonly accounts: readonly Account[];
  readonly access: AccountAccess;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Active probes in an account, such as reading a secret, run after all passive checks pass. They get the alert hub, if
   * there is one.
   *
   * @default - nothing
   */
  readonly actively?: (subject: Subject, hub: LiveHub | undefined) => Promise<CheckResult[]>;
  /**
   * Called for each finished section.
   *
   * @default - no progress is reported
   */
  readonly onSection?: (section: Section) => void;
}

/** Accounts that are checked at a time: few enough that AWS does not throttle other callers in them. */
const AT_A_TIME = 4;

/** Checks, without changing anything, whether each hop is as synthesized and works. */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { organization, accounts, onSection = () => undefined } = options;
  const { actively } = options;
  const section = (
    of: Pick<Section, "name" | "id" | "regions" | "omittedRegions">,
    live: boolean,
    results: CheckResult[],
  ): Section => {
    const done = { ...of, live, results: byHop(results) };
    onSection(done);
    return done;
  };
  const shared = await checkShared(options);
  const omitted = omittedRegionsOf(organization);
  const limits = omitted.length === 0 ? {} : { omittedRegions: omitted };
  const first = section({ name: "organization", id: organization.id, ...limits }, false, shared);
  const trails = shared.filter(({ check }) => check.startsWith("trail "));
  const hub = liveHub(options);
  const verifyAccount = async (account: Account): Promise<Section[]> => {
    const { name, id } = account;
    const regions = regionCoverOf(organization, account);
    const looked = section(
      { name, id, regions },
      false,
      await entered(options, account, (subject) => checkAccount(subject, trails)),
    );
    if (actively === undefined) return [looked];
    const broken = [...trails, ...looked.results].find(({ status }) => status === "failed");
    const done =
      broken === undefined
        ? await entered(options, account, (subject) => actively(subject, hub))
        : [
            {
              hop: "API call" as const,
              check: "the whole path",
              ...unknown("nothing", `not checked: '${broken.check}' failed`),
            },
          ];
    return [looked, section({ name, id }, true, done)];
  };
  const limited = pLimit(AT_A_TIME);
  const sections = await Promise.all(accounts.map((account) => limited(verifyAccount, account)));
  return { sections: [first, ...sections.flat()] };
}

/** The organization's trail and its archive. */
async function checkShared(options: VerifyOptions): Promise<CheckResult[]> {
  const management = accountWithRole(options.organization, "management");
  const logArchive = accountWithRole(options.organization, "log-archive");
  const trails = options.expected.get(management.id)?.trails.filter((trail) => trail.isOrganizationTrail) ?? [];
  const inManagement: Check[] = [trustedAccess, ...trails.flatMap(trailChecks), ...trailQuotaChecks(trails)];
  const [ofTrail, ofArchive] = await Promise.all([
    entered(options, management, (subject) => runChecks(inManagement, subject)),
    entered(options, logArchive, (subject) => runChecks(archiveChecks(options.organization), subject)),
  ]);
  return [...ofTrail, ...ofArchive];
}

/** The alert hub, if one is synthesized. */
function liveHub({ organization, expected, access }: VerifyOptions): LiveHub | undefined {
  const { alertHub } = organization;
  if (alertHub === undefined) return undefined;
  const account = accountNamed(organization, alertHub.account);
  const hub = expected.get(account.id)?.hub;
  return hub && { expected: hub, enter: () => access.enter(account) };
}

async function entered(
  options: VerifyOptions,
  account: Account,
  check: (subject: Subject) => Promise<CheckResult[]>,
): Promise<CheckResult[]> {
  const { organization, expected, access, now } = options;
  const hop = { hop: "API call", check: `access to ${account.name}` } as const;
  const synthesized = expected.get(account.id);
  if (synthesized === undefined) {
    return [{ ...hop, ...unknown("nothing", "nothing is synthesized for the account", "run 'npx cdktf synth'") }];
  }
  try {
    const session = await access.enter(account);
    const enter = async (accountId: string) => {
      const other = organization.accounts.find(({ id }) => id === accountId);
      return other && (await access.enter(other));
    };
    return await check({ organization, account, expected: synthesized, session, enter, now });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return [{ ...hop, ...unansweredFinding(error) }];
  }
}
