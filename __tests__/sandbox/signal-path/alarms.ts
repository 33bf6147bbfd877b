import type { LiveAccount, LiveAlarm } from "../../../sandbox/signal-path/deployed/deployed-account";

export const ACCOUNT = "111111111111";
export const REGION = "eu-west-1";
export const MINUTE = 60_000;
/** A full minute. */
export const NOW = Date.UTC(2026, 10, 22, 20, 30);

/** An alarm at three events in a minute. */
export function liveAlarm(settings: Partial<LiveAlarm> = {}): LiveAlarm {
  const name = settings.name ?? "reads";
  return {
    name,
    arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`,
    region: REGION,
    description: "A principal reads",
    state: "OK",
    stateReason: "",
    namespace: "Trailwatch",
    metricName: "reads",
    statistic: "Sum",
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 3,
    periodSeconds: 60,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
    alarmActions: ["arn:aws:sns:eu-west-1:111111111111:alerts"],
    ...settings,
  };
}

/** An account with nothing but alarms. */
export function accountWith(...alarms: LiveAlarm[]): LiveAccount {
  const nothing = { logGroups: [], trails: [], rules: [], filters: [], subscriptions: [] };
  return { id: ACCOUNT, name: "example", ...nothing, alarms };
}
