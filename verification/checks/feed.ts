import { ownNames } from "../../lib/naming/own-names";
import { arn } from "../../lib/aws/partitions";
import type { Target } from "@aws-sdk/client-eventbridge";
import { evaluate } from "../../lib/aws/policy-evaluator";
import type { DeployedRule } from "../../signals/deployment/deployment";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import type { ExpectedLogGroup } from "../expected/expected-account";
import { logGroupName } from "../expected/read-expected";
import { failed, proven, type Finding } from "../result";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";
import { listed } from "./problems";
import { isSameJson } from "./same-json";

/** Both write for EventBridge. Source: EventBridge User Guide, permissions for CloudWatch Logs targets. */
const WRITERS = ["events.amazonaws.com", "delivery.logs.amazonaws.com"];
const WRITES = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** Name of the check of a log group, on which the check of its filters depends. */
export function logGroupCheck(name: string): string {
  return `log group ${name}`;
}

/** Whether a rule admits the events that detections need, and sends them to the right target. */
export function ruleCheck(rule: DeployedRule): Check {
  return {
    hop: "feed",
    name: `rule ${rule.name} in ${rule.region}`,
    run: (subject) => passes(subject, rule),
  };
}

async function passes(subject: Subject, rule: DeployedRule): Promise<Finding> {
  const { session } = subject;
  const remedy = redeploy(ruleStack(subject, rule));
  const stored = await session.query(READS.rule, { Name: rule.name }, rule.region);
  if (stored === undefined) {
    const reason = isWitness(subject, rule)
      ? "no event of this region reaches the witness topic"
      : "no event of this region reaches the log group";
    return failed("no such rule", reason, remedy);
  }
  if (stored.State !== rule.state) {
    const reason =
      stored.State === "ENABLED"
        ? "the rule no longer matches read-only events, such as GetSecretValue"
        : "the rule matches no events";
    const enable = `aws events enable-rule --region ${rule.region} --name ${rule.name}, then ${remedy}`;
    return failed(`state ${stored.State ?? "none"}, not ${rule.state}`, reason, enable);
  }
  if (!isSameJson(stored.EventPattern ?? "", rule.pattern)) {
    return failed("another event pattern", "events that detections need may not match", remedy);
  }
  const answer = await session.query(READS.targets, { Rule: rule.name }, rule.region);
  const arns = (answer?.Targets ?? []).map(({ Arn }) => Arn ?? "");
  const wanted = [
    ...rule.logGroups.map((name) => `log group ${name}`),
    ...rule.forwardsTo.map((to) => `bus of ${to}`),
    ...(rule.topics ?? []).map(topicText),
  ];
  const actual = arns.map(targetText);
  const missing = wanted.filter((one) => !actual.includes(one));
  const others = (answer?.Targets ?? []).filter(({ Arn = "" }) => !wanted.includes(targetText(Arn)));
  if (missing.length === 0 && others.length > 0) {
    return otherTargets(
      others,
      `--region ${rule.region} --rule ${rule.name}`,
      "events go to targets that accounts/ does not configure",
    );
  }
  if (missing.length === 0) return proven(`${stored.State}, to the ${wanted.join(", the ")}`);
  return failed(`targets: ${actual.join(", ") || "none"}`, `events do not go to the ${missing.join(", ")}`, remedy);
}

function isWitness({ organization }: Subject, { name }: DeployedRule): boolean {
  return name.startsWith(ownNames(organization.names).witnessRuleName(""));
}

/** The stack that creates the rule: that of the witness topic, or the account's monitoring. */
function ruleStack(subject: Subject, rule: DeployedRule): string {
  const witness = subject.expected.topics.find(
    ({ arn }) => isWitness(subject, rule) && arn.endsWith(`:${ownNames(subject.organization.names).witness}`),
  );
  return witness?.stack ?? monitoringStack(subject);
}

/** Terraform does not see targets that it did not create. */
export function otherTargets(targets: readonly Target[], rule: string, reason: string): Finding {
  return failed(
    `further targets: ${listed(targets.map(({ Arn }) => Arn ?? ""))}`,
    reason,
    `aws events remove-targets ${rule} --ids ${targets.map(({ Id }) => Id ?? "").join(" ")}`,
  );
}

function topicText(arn: string): string {
  return `topic ${arn}`;
}

function targetText(arn: string): string {
  if (/^arn:[^:]+:sns:/.test(arn)) return topicText(arn);
  const region = /:events:([^:]+):\d+:event-bus\/default$/.exec(arn)?.[1];
  return region === undefined ? `log group ${logGroupName(arn)}` : `bus of ${region}`;
}

/** Whether EventBridge may write to a log group: without permission, events are dropped silently. */
export function logPolicyCheck(group: ExpectedLogGroup): Check {
  return {
    hop: "feed",
    name: `EventBridge may write to ${group.name}`,
    follows: [logGroupCheck(group.name)],
    run: async ({ session, account, expected }) => {
      const policies = await pages(
        (nextToken) => session.query(READS.resourcePolicies, { nextToken }, group.region),
        (answer) => ({ items: answer.resourcePolicies, next: answer.nextToken }),
      );
      const documents = (policies ?? []).flatMap(({ policyDocument }) => policyDocument ?? []);
      const rules = expected.deployed.rules.filter(({ logGroups }) => logGroups.includes(group.name));
      const refused = rules.flatMap((rule) =>
        WRITERS.flatMap((service) =>
          WRITES.flatMap((action) => {
            const { answer, because } = evaluate(documents, {
              principal: service,
              action,
              resource: arn(group.region, "logs", account.id, `log-group:${group.name}:log-stream:events`),
              context: {
                "aws:SourceAccount": account.id,
                "aws:SourceArn": arn(rule.region, "events", account.id, `rule/${rule.name}`),
              },
            });
            return answer === "allowed" ? [] : [`${service} may not ${action}: ${because}`];
          }),
        ),
      );
      const [first] = refused;
      return first === undefined
        ? proven("the resource policy admits EventBridge")
        : failed(first, "EventBridge drops the events silently", redeploy(group.stack));
    },
  };
}

/** Whether a log group exists, keeps events long enough and encrypts them. */
export function logGroupChecks(group: ExpectedLogGroup): Check {
  return {
    hop: "log group",
    name: logGroupCheck(group.name),
    run: async ({ session }) => {
      const groups = await pages(
        (nextToken) => session.query(READS.logGroups, { logGroupNamePrefix: group.name, nextToken }, group.region),
        (answer) => ({ items: answer.logGroups, next: answer.nextToken }),
      );
      const stored = groups?.find(({ logGroupName: name }) => name === group.name);
      if (stored === undefined) {
        const remedy = group.existing === true ? "correct trail.existing.logGroup" : redeploy(group.stack);
        return failed(`no such log group in ${group.region}`, "the events have no destination", remedy);
      }
      const kept = stored.retentionInDays === undefined ? "for good" : `${stored.retentionInDays} days`;
      const seen = `events kept ${kept}, ${stored.kmsKeyId === undefined ? "no key of its own" : "encrypted"}`;
      if (group.existing === true) return proven(seen);
      if (stored.retentionInDays !== group.retentionDays) {
        const wanted = group.retentionDays === undefined ? "for good" : `${group.retentionDays} days`;
        return failed(seen, `events must be kept ${wanted}`, redeploy(group.stack));
      }
      if (group.hasKey && stored.kmsKeyId === undefined) {
        return failed(seen, "the log group must be encrypted with its own key", redeploy(group.stack));
      }
      return proven(seen);
    },
  };
}
