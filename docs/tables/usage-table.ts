import { markdownTable } from "../../detections/docs/markdown";
import { QUOTAS } from "../../lib/aws/quotas";
import type { Organization } from "../../organization/organization";
import { accountUsage } from "../../stacks/account-usage";

/** What the detections of each account take of the quota of metric filters, and cost. */
export function usageTable(organization: Organization): string {
  const rows = organization.accounts.map((account) => {
    const { metricFilters, alarms, monthlyDollars } = accountUsage(organization, account);
    return [
      account.name,
      account.packs.map((pack) => `\`${pack}\``).join(", "),
      String(metricFilters),
      String(alarms),
      dollars(monthlyDollars),
    ];
  });
  const filters = `metric filters of ${QUOTAS.metricFilters.limit}`;
  return markdownTable(["account", "packs", filters, "alarms", "at most, a month"], rows, [2, 3, 4]);
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
