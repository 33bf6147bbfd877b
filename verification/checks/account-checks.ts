import { TOPIC_PROTOCOL } from "../../lib/naming/subscriber-kinds";
import type { ExpectedAccount } from "../expected/expected-account";
import type { CheckResult } from "../result";
import { alarmChecks } from "./alarms";
import { detailsMachineChecks, detailsRoleCheck } from "./alert-details";
import { alertHubChecks } from "./alert-hub";
import { compositeAlarmCheck } from "./composite-alarms";
import { runChecks, type Check, type Subject } from "./check";
import { digestChecks } from "./digest";
import { existingKeyChecks } from "./existing-keys";
import { existingTopicChecks } from "./existing-topics";
import { logGroupChecks, logPolicyCheck, ruleCheck } from "./feed";
import { furtherSubscribersCheck } from "./further-subscribers";
import { forwardingRuleChecks } from "./forwarding-rule";
import { heartbeatAlarm, heartbeatCheck } from "./heartbeat";
import { HOME_REGION, homeRegionCheck } from "./home-region";
import { metricFilterCheck } from "./metric-filters";
import { quotaChecks } from "./quotas";
import { secretCheck } from "./secrets";
import { subscriptionCheck } from "./subscribers";
import { alarmTopics, topicChecks } from "./topics";
import { trailChecks } from "./trail";
import { webhookChecks } from "./webhooks";

/** Checks of every hop of an account's own signal path. The organization trail is not an account's own. */
export function accountChecks(expected: ExpectedAccount): Check[] {
  const { deployed, logGroups, trails, secrets, forwardingRules = [], detailsRoles = [], hub } = expected;
  const path: Check[] = [
    ...trails.filter((trail) => !trail.isOrganizationTrail).flatMap(trailChecks),
    // Rules that lead to an alert hub are not feeds.
    ...deployed.rules.filter(({ buses }) => buses === undefined).map(ruleCheck),
    ...logGroups.map(logGroupChecks),
    ...logGroups.filter(({ name }) => deployed.rules.some((rule) => rule.logGroups.includes(name))).map(logPolicyCheck),
    ...filtersByLogGroup(expected).map(([logGroup, filters]) => metricFilterCheck(logGroup, filters)),
  ];
  const heartbeat = heartbeatAlarm(deployed.alarms);
  return [
    homeRegionCheck,
    ...quotaChecks(expected),
    ...[
      ...secrets.map(secretCheck),
      ...path,
      ...(heartbeat === undefined
        ? []
        : [
            heartbeatCheck(
              heartbeat,
              path.map(({ name }) => name),
            ),
          ]),
      ...alarmChecks,
      ...((deployed.compositeAlarms ?? []).length === 0 ? [] : [compositeAlarmCheck]),
      ...forwardingRules.flatMap(forwardingRuleChecks),
      ...(hub === undefined
        ? []
        : [...alertHubChecks(hub), ...detailsMachineChecks(hub), ...digestChecks(hub), ...webhookChecks(hub)]),
      ...detailsRoles.map(detailsRoleCheck),
      ...topicChecks(alarmTopics(expected).filter(({ existing }) => existing !== true)),
      ...expected.topics.filter(({ existing }) => existing === true).flatMap(existingTopicChecks),
      ...existingKeyChecks(expected.existingKeys ?? []),
      ...deployed.subscriptions.filter(({ protocol }) => protocol !== TOPIC_PROTOCOL).map(subscriptionCheck),
      ...expected.topics.filter(({ existing }) => existing !== true).map(furtherSubscribersCheck),
    ].map((check) => ({ ...check, follows: [HOME_REGION, ...(check.follows ?? [])] })),
  ];
}

/**
 * Runs them.
 *
 * @param organization results for the organization trail, without which no account gets any events
 */
export function checkAccount(subject: Subject, organization: readonly CheckResult[]): Promise<CheckResult[]> {
  const causes = organization.map(({ check }) => check);
  const checks = accountChecks(subject.expected).map((check) =>
    check.name === "heartbeat" ? { ...check, follows: [...(check.follows ?? []), ...causes] } : check,
  );
  return runChecks(checks, subject, organization);
}

function filtersByLogGroup({ deployed }: ExpectedAccount) {
  const byLogGroup = new Map<string, typeof deployed.filters>();
  for (const filter of deployed.filters) {
    byLogGroup.set(filter.logGroup, [...(byLogGroup.get(filter.logGroup) ?? []), filter]);
  }
  return [...byLogGroup];
}
