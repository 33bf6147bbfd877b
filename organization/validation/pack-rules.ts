import { PACKS } from "../../detections/catalogue";
import { FEEDS } from "../../lib/naming/feeds";
import type { Checked } from "./check";
import { validAccount, type ValidAccount } from "../resolve/valid-account";
import type { Problem } from "./problem";
import { repeats } from "./repeats";
import { ROLE_PACKS, type Role } from "../resolve/role-packs";
import type { AccountFile, OrganizationFile, PackId } from "../schema/schema";
import { pathText } from "../yaml/yaml-file";

type Account = Checked<AccountFile>;
type Organization = Checked<OrganizationFile>;

const ROLES = Object.keys(ROLE_PACKS) as readonly Role[];

const CHECKERS = "checkers accept its filters on a trail's log group only";
const ADVICE = "choose feed account-trail, or have it in the management account, on feed organization-trail";

/** Problems of the packs of accounts. */
export function packProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  const offTrail = accounts
    .flatMap((account) => validAccount(account, organization) ?? [])
    .filter(({ feed }) => FEEDS[feed].trail === "none");
  return [
    ...ROLES.flatMap((role) => repeats(organization.file, ["packs", role], organization.valid.packs?.[role])),
    ...(organization.valid.accountRules ?? []).flatMap(({ packs }, index) =>
      repeats(organization.file, ["accountRules", index, "packs"], packs),
    ),
    ...accounts.flatMap(({ file, valid }) => repeats(file, ["packs"], valid.packs)),
    ...offTrail.flatMap(verbatimPackProblems),
    ...byPath(offTrail.filter(({ packs }) => packs.from === "organization")).flatMap((choosing) =>
      verbatimCommonPackProblems(choosing, organization),
    ),
  ];
}

function verbatimPackProblems({ file, role, feed, packs }: ValidAccount): Problem[] {
  return verbatimIn(packs.value).flatMap(({ id, index }) => {
    switch (packs.from) {
      case "account":
        return [file.problem(["packs", index], `not be '${id}' on feed ${feed}: ${CHECKERS}`, { hint: ADVICE })];
      case "organization":
        return [];
      case "default": {
        const rule = `be a trail while pack '${id}' is on, as it is for role ${role} by default: ${CHECKERS}`;
        return [file.problem(["feed"], rule, { hint: `or give packs without '${id}'` })];
      }
    }
  });
}

/** Accounts whose packs are set in the same place of organization.yaml. */
function byPath(accounts: readonly ValidAccount[]): ValidAccount[][] {
  const groups = new Map<string, ValidAccount[]>();
  for (const account of accounts) {
    const path = pathText(account.packs.path);
    groups.set(path, [...(groups.get(path) ?? []), account]);
  }
  return [...groups.values()];
}

/** Report one wrong choice once, however many accounts it applies to. */
function verbatimCommonPackProblems(
  [first, ...others]: readonly ValidAccount[],
  organization: Organization,
): Problem[] {
  if (first === undefined) return [];
  const rule = `be a pack that feed ${first.feed} can carry: ${CHECKERS}`;
  const who = `${first.file.path} has that feed${others.length > 0 ? `, and ${others.length} more` : ""}`;
  return verbatimIn(first.packs.value).map(({ index }) =>
    organization.file.problem([...first.packs.path, index], rule, { hint: `${who}: ${ADVICE}` }),
  );
}

function verbatimIn(packs: readonly PackId[]): { readonly id: PackId; readonly index: number }[] {
  return packs.flatMap((id, index) => {
    const pack = PACKS.find((candidate) => candidate.id === id);
    return pack?.detections.some((detection) => "patterns" in detection) ? [{ id, index }] : [];
  });
}
