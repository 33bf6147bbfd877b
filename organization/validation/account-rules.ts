import { FEEDS, isForAnyAccount } from "../../lib/naming/feeds";
import type { Checked } from "./check";
import { validAccount } from "../resolve/valid-account";
import type { Problem } from "./problem";
import { newTags } from "../schema/tags";
import { repeatedSubscribersOfTopics, repeats } from "./repeats";
import { topicProblems } from "./topic-rules";
import type { AccountFile, OrganizationFile } from "../schema/schema";

type Account = Checked<AccountFile>;
type Organization = Checked<OrganizationFile>;

/** Problems of the account files beyond their schema. Each rule evaluates only valid and known settings. */
export function accountProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  const fileOfAccount = new Map(accounts.map(({ file, valid }) => [valid.id, file.path]));
  return accounts.flatMap((account) => [
    ...feedProblems(account),
    ...retentionProblems(account, organization),
    ...watchedArnProblems(account, organization, fileOfAccount),
    ...secretListProblems(account),
    ...tagProblems(account, organization),
    ...repeatedSubscribersOfTopics(account.file, account.valid.notifications),
    ...topicProblems(account, organization.valid),
  ]);
}

function feedProblems({ file, valid }: Account): Problem[] {
  if (valid.feed === undefined || isForAnyAccount(valid.feed)) return [];
  if (valid.role === undefined || valid.role === "management") return [];
  const rule =
    "be event-bus or account-trail: an organization trail writes to a log group of the management account only";
  return [file.problem(["feed"], rule)];
}

/** The organization trail's log group belongs to the account, and its retention is a setting of the trail. */
function retentionProblems(account: Account, organization: Organization): Problem[] {
  const known = validAccount(account, organization);
  if (known === undefined || FEEDS[known.feed].trail !== "organization") return [];
  if (!account.file.has(["logRetentionDays"])) return [];
  const rule = `not be given on feed ${known.feed}: the account has no log group of its own`;
  const hint = `set trail.logRetentionDays in ${organization.file.path}`;
  return [account.file.problem(["logRetentionDays"], rule, { hint })];
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

/** With the organization's, an account's tags may be too many, or differ in case only. */
function tagProblems({ file, valid }: Account, organization: Organization): Problem[] {
  const { tags = {} } = valid;
  const { error } = newTags.safeParse({ ...organization.valid.tags, ...tags });
  return (error?.issues ?? []).flatMap(({ path: [key = ""], message }) =>
    Object.hasOwn(tags, key)
      ? [
          file.problem(["tags", key], `${message}, with the tags of organization.yaml`, {
            atKey: true,
            value: String(key),
          }),
        ]
      : [],
  );
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
