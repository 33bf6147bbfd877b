import type { Account } from "../organization/organization";
import type { AlarmSettings } from "../organization/schema";

/** What a person reads first when the alarm goes off: what, where, and what raised it. */
export function describeAlarm(account: Account, title: string, settings: AlarmSettings): string {
  const { threshold, periodSeconds, evaluationPeriods } = settings;
  const often = `${threshold} ${threshold === 1 ? "time" : "times"} or more within ${periodSeconds} s`;
  const inARow = evaluationPeriods === 1 ? "" : `, ${evaluationPeriods} periods in a row`;
  return [`${title}: ${often}${inARow}.`, `Account ${account.name} (${account.id}).`].join("\n");
}
