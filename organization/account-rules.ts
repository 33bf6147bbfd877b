import type { Checked } from "./check";
import type { Problem } from "./problem";
import { repeatedSubscribers, repeats } from "./repeats";
import type { AccountFile, Notifications, OrganizationFile } from "./schema";

type Account = Checked<AccountFile>;
type Organization = Checked<OrganizationFile>;

/** CloudWatch's limit on what one evaluation looks at. Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods. */
const LONGEST_EVALUATION = { underAnHour: 86_400, fromAnHour: 604_800 } as const;

const SILENT = "name at least one subscriber: an alarm that nobody receives is silent";

/** What is wrong with the account files beyond their schema. Each rule judges only what is valid and known. */
export function accountProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  const fileOfAccount = new Map(accounts.map(({ file, valid }) => [valid.id, file.path]));
  return [
    ...accounts.flatMap((account) => [
      ...feedProblems(account),
      ...watchedArnProblems(account, organization, fileOfAccount),
      ...secretListProblems(account),
      ...evaluationProblems(account),
      ...repeatedSubscribers(account.file, ["notifications"], account.valid.notifications),
    ]),
    ...silenceProblems(accounts, organization),
  ];
}

function feedProblems({ file, valid }: Account): Problem[] {
  if (valid.feed !== "organization-trail" || valid.role === undefined || valid.role === "management") return [];
  const rule =
    "be event-bus or account-trail: an organization trail writes to a log group of the management account only";
  return [file.problem(["feed"], rule)];
}

function watchedArnProblems(
  { file, valid }: Account,
  organization: Organization,
  fileOfAccount: ReadonlyMap<string | undefined, string>,
): Problem[] {
  const { homeRegion } = organization.valid;
  const watched = valid.secrets?.watch ?? [];
  return watched.flatMap((secret, index) => {
    if (!secret.startsWith("arn:")) return [];
    const [, , , region, owner] = secret.split(":");
    const problem = (rule: string, hint?: string) => file.problem(["secrets", "watch", index], rule, { hint });

    if (valid.id !== undefined && owner !== valid.id) {
      const home = fileOfAccount.get(owner);
      const hint = home === undefined ? "watch it in the file of its own account" : `watch it in ${home}`;
      return [problem(`be a secret of account ${valid.id}: a read is recorded in the secret's own account`, hint)];
    }
    if (homeRegion !== undefined && region !== homeRegion) {
      return [problem(`be a secret of the home region, ${homeRegion}`)];
    }
    return [];
  });
}

function secretListProblems({ file, valid: { secrets } }: Account): Problem[] {
  if (secrets === undefined) return [];
  const created = secrets.create.map(({ name }) => name);
  const alreadyWatched = secrets.watch.flatMap((secret, index) =>
    created.includes(secret)
      ? [file.problem(["secrets", "watch", index], "not be one of secrets.create: those are watched already")]
      : [],
  );
  return [
    ...repeats(file, ["secrets", "create"], created, ["name"]),
    ...repeats(file, ["secrets", "watch"], secrets.watch),
    ...alreadyWatched,
  ];
}

function evaluationProblems({ file, valid }: Account): Problem[] {
  return Object.entries(valid.detections ?? {}).flatMap(([detection, { periodSeconds, evaluationPeriods }]) => {
    const longest = periodSeconds < 3600 ? LONGEST_EVALUATION.underAnHour : LONGEST_EVALUATION.fromAnHour;
    if (periodSeconds > longest) {
      return [file.problem(["detections", detection, "periodSeconds"], `be at most ${longest}`)];
    }
    const most = Math.floor(longest / periodSeconds);
    if (evaluationPeriods <= most) return [];
    const rule = `be at most ${most} with a periodSeconds of ${periodSeconds}: CloudWatch looks at ${longest} seconds`;
    return [file.problem(["detections", detection, "evaluationPeriods"], rule)];
  });
}

function silenceProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  const watching = accounts.filter(({ valid: { secrets } }) => secrets && secrets.create.length + secrets.watch.length);
  const own = watching.filter(({ valid: { notifications } }) => notifications && isSilent(notifications));
  const problems = own.map(({ file }) => file.problem(["notifications"], SILENT));

  // One setting is missing, however many accounts rely on it.
  const relying = watching.filter(({ complete }) => complete && complete.notifications === undefined);
  const fallback = organization.valid.notifications;
  const [first, ...others] = relying;
  if (first !== undefined && fallback !== undefined && isSilent(fallback)) {
    const hint = `${first.file.path} relies on it${others.length > 0 ? `, and ${others.length} more` : ""}`;
    problems.push(organization.file.problem(["notifications"], SILENT, { hint }));
  }
  return problems;
}

function isSilent({ email, https, sqs }: Notifications): boolean {
  return email.length + https.length + sqs.length === 0;
}
