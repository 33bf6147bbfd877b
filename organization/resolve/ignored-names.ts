import type { IgnoredNames } from "../../detections/detection";
import { FEEDS } from "../../lib/naming/feeds";
import { byObject } from "../../lib/support/by-object";
import type { Account, Organization } from "../organization";
import { ignoreTests, type IgnoreTest } from "../schema/schema";
import { choicesOf } from "./subscriptions";

/** Fields that hold a principal's name alone, which any account can give to a principal of its own. */
export const NAME_FIELDS = {
  "userIdentity.sessionContext.sessionIssuer.userName": "roles",
  "userIdentity.userName": "users",
} as const satisfies Readonly<Record<string, keyof IgnoredNames>>;

/** Fields that hold an ARN, which names a principal that may not exist yet. */
const ARN_FIELDS: readonly string[] = ["userIdentity.sessionContext.sessionIssuer.arn", "userIdentity.arn"];

/** Paths of roles that only AWS can create. */
const AWS_PATH = /:role\/aws-(reserved|service-role)\//;

/** The accounts by id, with their places in the order of the organization. */
const placesOf = byObject(
  ({ accounts }: Organization) => new Map(accounts.map((account, place) => [account.id, { account, place }])),
);

/** Accounts in which events of all accounts arrive; data events do in management, whatever its feed is. */
const accountsThatSeeAll = byObject((organization: Organization) =>
  [...placesOf(organization).values()].filter(
    ({ account: { feed, role } }) => FEEDS[feed].events === "organization" || role === "management",
  ),
);

/**
 * The names of roles and users that `ignore` entries of the detections of an account pass over; `*` is any text. Those
 * that an entry passes over under further conditions are among them.
 */
export function ignoredNames(organization: Organization, account: Account): IgnoredNames {
  // In the order of the organization, without a loop over all accounts for each of them.
  const own = placesOf(organization).get(account.id);
  const relevant = new Set([...accountsThatSeeAll(organization), ...(own === undefined ? [] : [own])]);
  const inOrder = [...relevant].sort((one, other) => one.place - other.place);
  const entries = inOrder.flatMap(({ account: one }) =>
    choicesOf(organization, one)
      .filter(
        ({ off, detection }) => off === undefined && (one.id === account.id || detection.scope === "organization"),
      )
      .flatMap(({ settings }) => settings.ignore.flatMap(({ value }) => ignoreTests(value))),
  );
  const named = entries.flatMap((entry) => namedBy(entry, account.id));
  const ofKind = (kind: keyof IgnoredNames) => [
    ...new Set(named.filter((one) => one.kind === kind).map(({ name }) => name)),
  ];
  return { roles: ofKind("roles"), users: ofKind("users") };
}

interface Named {
  readonly kind: keyof IgnoredNames;
  readonly name: string;
}

function namedBy({ field, equals, matches }: IgnoreTest, accountId: string): Named[] {
  const text = equals ?? matches ?? "";
  if (isNameField(field)) return [{ kind: NAME_FIELDS[field], name: text }];
  if (!ARN_FIELDS.includes(field) || AWS_PATH.test(text)) return [];
  const [, account = "*", type = "", path = ""] =
    /^(?:arn:[^:]*:(?:iam|sts)::([^:]*))?.*:(role|assumed-role|user)\/(.+)$/.exec(text) ?? [];
  if (!account.includes("*") && account !== accountId) return [];
  // The ARN of a session has the role's name without its path, then the name of the session.
  const name = path.split("/").at(type === "assumed-role" ? 0 : -1) ?? "";
  return name.replaceAll("*", "") === "" ? [] : [{ kind: type === "user" ? "users" : "roles", name }];
}

/** Whether entries on a field trust a name alone. */
export function isNameField(field: string): field is keyof typeof NAME_FIELDS {
  return Object.hasOwn(NAME_FIELDS, field);
}
