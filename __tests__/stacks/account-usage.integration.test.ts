import { readStacks } from "../../lib/terraform/read/read-stacks";
import { blocksOf } from "../../lib/terraform/read/arguments";
import { monitoringStackId } from "../../lib/naming/stack-ids";
import { buildApp } from "../../main";
import { loadOrganization } from "../../organization/load";
import { accountUsage } from "../../stacks/account-usage";
import { testApp } from "../support/synth";

const organization = loadOrganization("accounts");
const app = testApp();
buildApp(organization, app).synth();
const stacks = readStacks(app.outdir);

test.each(organization.accounts)("what is said of $name is what its stack deploys", (account) => {
  const { resources = {} } = stacks.find(({ id }) => id === monitoringStackId(account.name)) ?? {};
  const alarms = Object.values(resources.aws_cloudwatch_metric_alarm ?? {});
  const filters = Object.values(resources.aws_cloudwatch_log_metric_filter ?? {});
  const metrics = new Set(
    filters.flatMap((filter) => blocksOf(filter, "metric_transformation").map(({ name }) => name)),
  );
  const billed = alarms.map((alarm) => blocksOf(alarm, "metric_query").flatMap((query) => blocksOf(query, "metric")));
  const alarmMetrics = billed.reduce((sum, watched) => sum + Math.max(1, watched.length), 0);

  const usage = accountUsage(organization, account);
  expect(usage.metricFilters).toBe(filters.length);
  expect(usage.alarms).toBe(alarms.length);
  expect(usage.monthlyDollars).toBeCloseTo(0.1 * alarmMetrics + 0.3 * metrics.size, 2);
});
