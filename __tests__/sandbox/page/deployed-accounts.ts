import { selectorsOf } from "../../../signals";
import type {
  LiveAlarm,
  LiveRule,
  LiveTrail,
  WholeAccount,
} from "../../../sandbox/signal-path/deployed/deployed-account";

const region = "eu-west-1";

export function trail(name: string, settings: Partial<LiveTrail> = {}): LiveTrail {
  return {
    name,
    arn: `arn:aws:cloudtrail:${region}:111122223333:trail/${name}`,
    region,
    isOrganizationTrail: true,
    isMultiRegion: true,
    includesGlobalServices: true,
    isLogging: true,
    selectors: selectorsOf({}),
    logGroup: "/trailwatch/management/cloudtrail",
    bucket: "trailwatch-archive",
    keyPrefix: "",
    topicArn: undefined,
    validatesFiles: true,
    kmsKeyId: undefined,
    ...settings,
  };
}

export function rule(name: string, settings: Partial<LiveRule> = {}): LiveRule {
  return {
    name,
    arn: `arn:aws:events:${region}:333344445555:rule/${name}`,
    region,
    pattern: '{"detail-type":["AWS API Call via CloudTrail"]}',
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    logGroups: ["/aws/events/trailwatch"],
    forwardsTo: [],
    notices: [],
    ...settings,
  };
}

export function alarm(name: string, settings: Partial<LiveAlarm> = {}): LiveAlarm {
  return {
    name,
    arn: `arn:aws:cloudwatch:${region}:333344445555:alarm:${name}`,
    region,
    description: "",
    state: "OK",
    stateReason: "",
    namespace: "Trailwatch",
    metricName: name,
    statistic: "Sum",
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    periodSeconds: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: undefined,
    treatMissingData: "notBreaching",
    actionsEnabled: true,
    alarmActions: [],
    okActions: [],
    insufficientDataActions: [],
    ...settings,
  };
}

export function filter(
  name: string,
  pattern: string,
  logGroup = "/aws/events/trailwatch",
): WholeAccount["filters"][number] {
  const transformation = { metricName: name, metricNamespace: "Trailwatch", metricValue: "1", defaultValue: undefined };
  return { name, region, logGroup, pattern, transformation };
}

/** An account as deployed; without settings, nothing is. */
export function account(id: string, parts: Partial<WholeAccount> = {}): WholeAccount {
  return {
    id,
    name: id,
    logGroups: [],
    subscriptions: [],
    trails: [],
    rules: [],
    filters: [],
    alarms: [],
    topics: [],
    machines: [],
    ...parts,
  };
}
