import type { Account, Organization } from "../../../organization/organization";
import type { DeployedAlarm } from "../../../signals";
import type { Session } from "../../../verification/aws/session";
import type { Subject } from "../../../verification/checks/check";
import type { ExpectedAccount } from "../../../verification/expected/expected-account";

export const REGION = "eu-west-1";
export const ACCOUNT = "333344445555";
export const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:trailwatch-alerts`;
export const LOG_GROUP = "/aws/events/trailwatch";

export const readsAlarm: DeployedAlarm = {
  name: "trailwatch-shop-watched-secret-reads",
  namespace: "Trailwatch",
  metricName: "watched-secret-reads",
  statistic: "Sum",
  comparison: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
  periodSeconds: 300,
  evaluationPeriods: 1,
  threshold: 3,
  actionsEnabled: true,
  alarmActions: [TOPIC],
};

/** A member account that watches one secret with one alarm. */
export function subjectWith(session: Session, now: () => number, alarm: Partial<DeployedAlarm> = {}): Subject {
  const alarms = [{ ...readsAlarm, ...alarm }];
  const transformation = { metricName: "watched-secret-reads", metricNamespace: "Trailwatch", metricValue: "1" };
  const pattern = '{ $.detail.eventName = "GetSecretValue" && $.detail.who != "ignored" }';
  const expected: ExpectedAccount = {
    deployed: {
      id: ACCOUNT,
      name: "shop",
      logGroups: [],
      trails: [],
      rules: [],
      filters: [{ name: "trailwatch-watched-secret-reads", logGroup: LOG_GROUP, pattern, transformation }],
      alarms,
      subscriptions: [],
    },
    homeRegion: REGION,
    trails: [],
    logGroups: [],
    secrets: [{ name: "MyProjectSecrets", region: REGION, created: true }],
    topics: [{ arn: TOPIC, stack: "monitoring-shop", key: "key", hasChat: false }],
  };
  return {
    organization: {} as Organization,
    account: { name: "shop", id: ACCOUNT, feed: "event-bus" } as Account,
    expected,
    session,
    now,
  };
}
