import type { MeasuredSource } from "../../report/report-source";
import { burst, tunedSource } from "./report-source";

const SEVERITIES = ["critical", "high", "medium", "low"];

/** That many accounts, each with that many detections that matched and raised an alarm. */
export function manySources(accounts: number, detections: number): MeasuredSource[] {
  return Array.from({ length: detections }, (_, number) =>
    Array.from({ length: accounts }, (__, account) => ({
      ...tunedSource([burst(account % 14, number * 20, 5 + (account % 7), `arn:aws:iam::1:user/user-${account}`)], {
        account: `team-${String(account).padStart(4, "0")}`,
        detection: `detection-${number}`,
        budgetPerWeek: account % 50 === 0 ? 0 : 1,
      }),
      severity: SEVERITIES[number % SEVERITIES.length] ?? "low",
    })),
  ).flat();
}
