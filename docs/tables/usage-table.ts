import { markdownTable } from "../../detections/docs/markdown";
import { QUOTAS } from "../../lib/aws/quotas";
import type { Organization } from "../../organization/organization";
import { accountUsage, type AccountUsage } from "../../stacks/account-usage";

/** The same before the packs by what they protect, when each account had `secrets`, `access`, `guard` and some `cis`. */
const BEFORE: Readonly<Record<string, AccountUsage>> = {
  "log-archive": { metricFilters: 77, alarms: 51, monthlyDollars: 19.9 },
  management: { metricFilters: 95, alarms: 73, monthlyDollars: 29.7 },
  payments: { metricFilters: 83, alarms: 66, monthlyDollars: 27 },
  "workloads-production": { metricFilters: 68, alarms: 50, monthlyDollars: 19.6 },
};

/** What the detections of each account take of the quota of metric filters, and cost, with what they took before. */
export function usageTable(organization: Organization): string {
  const rows = organization.accounts.map((account) => {
    const { metricFilters, alarms, monthlyDollars } = accountUsage(organization, account);
    const before = BEFORE[account.name];
    return [
      account.name,
      account.packs.map((pack) => `\`${pack}\``).join(", "),
      `${metricFilters} (${before?.metricFilters ?? "–"})`,
      `${alarms} (${before?.alarms ?? "–"})`,
      `${dollars(monthlyDollars)} (${before === undefined ? "–" : dollars(before.monthlyDollars)})`,
    ];
  });
  const filters = `metric filters of ${QUOTAS.metricFilters.limit} (before)`;
  return markdownTable(["account", "packs", filters, "alarms (before)", "at most, a month (before)"], rows, [2, 3, 4]);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
