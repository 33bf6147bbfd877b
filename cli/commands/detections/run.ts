import { jsonText } from "../../../lib/support/json-text";
import { dataEventCostNotes, dataEventGaps } from "../../../organization/data-event-notes";
import { omittedRegionText, omittedRegionsOf } from "../../../organization/resolve/omitted-regions";
import { explainAccount } from "../../../organization/resolve/explain";
import { accountNamed } from "../../../organization/organization";
import { organizationWarnings } from "../../../organization/validation/warnings";
import { accountUsage } from "../../../stacks/account-usage";
import { checkLimits } from "../../../stacks/limit-problems";
import { watchedAccount } from "../../../stacks/watched-account";
import { accountText, detectionsSummaryText } from "./text";
import { loadAccounts } from "../../load-accounts";
import { printError, printLines } from "../../../lib/support/print";

/** Options of `trailwatch detections`. */
export interface DetectionsOptions {
  readonly accounts: string;
  readonly json: boolean;
  readonly changedSince?: string;
  /** Only with `changedSince`. */
  readonly markdown?: boolean;
}

/** Prints what is on in one account, or one line for each account. */
export function showDetections(name: string | undefined, { accounts: folder, json }: DetectionsOptions): void {
  const loaded = loadAccounts(folder);
  const { organization } = loaded;
  for (const warning of organizationWarnings(loaded, new Date().toISOString().slice(0, 10))) {
    printError(warning);
  }

  checkLimits(loaded);
  const chosen = name === undefined ? organization.accounts : [accountNamed(organization, name)];
  const explained = chosen.map((account) => ({
    ...explainAccount(loaded, account, watchedAccount(organization, account)),
    usage: accountUsage(organization, account),
  }));
  const [first] = explained;
  if (name === undefined || first === undefined) {
    const omitted = omittedRegionsOf(organization).flatMap(omittedRegionText);
    const notes = [...dataEventGaps(organization), ...omitted, ...dataEventCostNotes(organization)];
    printLines(json ? asJson(explained) : [...detectionsSummaryText(explained), ...notes]);
  } else {
    printLines(json ? asJson(first) : accountText(first));
  }
}

function asJson(value: unknown): string[] {
  return [jsonText(value)];
}
