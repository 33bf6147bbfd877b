import { ownNames } from "../lib/naming/own-names";
import { inPartition } from "../lib/aws/partitions";
import { byObject } from "../lib/support/by-object";
import { eventsQuery, type QueriedForm } from "../detections/athena/events-query";
import { questions } from "../detections/athena/questions";
import type { SavedQuery } from "../detections/athena/saved-query";
import { allDetections } from "../detections/catalogue";
import { any, type Condition } from "../detections/condition";
import type { Detection, WatchedAccount } from "../detections/detection";
import { ALARMED_TYPES } from "../detections/packs/data-events/resource-types";
import { otherAccounts } from "../detections/other-accounts";
import { formOfPattern } from "../detections/verbatim-pattern";
import { normalForm } from "../detections/normal-form";
import { omittedRegions, type Account, type Organization } from "../organization/organization";
import { watchedAccount } from "./watched-account";

/**
 * The saved Athena queries: those of the runbooks, and the events of each detection. If a detection has different
 * conditions in each account, its query shows events that match any of them. Queries that would grow with the number of
 * accounts, such as those of watched secrets, are left out. Computed once, because each slice of the accounts creates the
 * archive's stack again.
 */
export const savedQueries = byObject((organization: Organization): readonly SavedQuery[] => [
  ...questions(ownNames(organization.names).archiveDatabase),
  ...detectionQueries(organization),
]);

/** A query with more variants than this is not readable. */
const MAX_FORMS = 20;

function detectionQueries(organization: Organization): SavedQuery[] {
  const { archiveDatabase } = ownNames(organization.names);
  const accounts = organization.accounts.map((account) => queriedAccount(organization, account));
  return allDetections().flatMap(({ detection }) => {
    const queried = formsOf(detection, accounts);
    const query = queried.length > MAX_FORMS ? undefined : eventsQuery(detection, queried, archiveDatabase);
    return query === undefined
      ? []
      : [
          {
            ...query,
            description: inPartition(query.description, organization.homeRegion, omittedRegions(organization)),
            name: `${detection.id}: ${query.name}`,
          },
        ];
  });
}

/** The archive may have data events of any type, whether they raise alarms or not. */
function queriedAccount(organization: Organization, account: Account): WatchedAccount {
  const watched = watchedAccount(organization, account);
  return account.role === "management" ? { ...watched, alarmedResourceTypes: ALARMED_TYPES } : watched;
}

function withoutAccount(conditions: readonly Condition[], id: string): string {
  const others = JSON.stringify(otherAccounts(id)).slice(1, -1);
  return JSON.stringify(conditions).replaceAll(others, "others").replaceAll(id, "");
}

function formsOf(detection: Detection, accounts: readonly WatchedAccount[]): QueriedForm[] {
  if ("patterns" in detection) return detection.patterns.map((pattern) => ({ form: formOfPattern(pattern) }));
  const { condition } = detection;
  if (typeof condition !== "function") return [{ form: normalForm(condition) }];
  const forms = new Map<string, QueriedForm>();
  for (const account of accounts) {
    const conditions: readonly Condition[] = condition(account);
    if (conditions.length === 0) continue;
    // Conditions that differ only by the account's own id are one variant.
    const key = withoutAccount(conditions, account.id);
    if (!forms.has(key)) forms.set(key, { form: normalForm(any(...conditions)), ownAccount: account.id });
    if (forms.size > MAX_FORMS) break;
  }
  // Not in the order of accounts: a new account must not change the query.
  return [...forms].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, form]) => form);
}
