import { arn } from "../../lib/aws/partitions";
import { counted } from "../../lib/support/counted";
import { evaluate } from "../../lib/aws/policy-evaluator";
import type { Hop } from "../../signals";
import { READS } from "../aws/calls";
import { HUB_READS } from "../aws/hub-calls";
import type { ExpectedForwardingRule } from "../expected/expected-hub";
import { failed, proven, unknown, type Finding } from "../result";
import { redeploy, type Check, type Subject } from "./check";
import { otherTargets } from "./feed";
import { arnOfRole, firstRefusal, furtherPolicies, rolePolicies } from "./role";
import { isSameJson } from "./same-json";

/** What follows when a rule does not pass alarms on. */
function lost({ target }: Pick<ExpectedForwardingRule, "target">): string {
  return target.includes(":api-destination/")
    ? "the webhook gets no alarm"
    : "no alarm gets further: the alert hub notifies no subscriber";
}

/** Whether an ARN is that of a target, which may end in `*`. */
function isTarget(arn: string | undefined, target: string): boolean {
  return target.endsWith("*") ? arn?.startsWith(target.slice(0, -1)) === true : arn === target;
}

/** Whether a rule forwards alarms, its role permits it, and the queue for undeliverable ones is empty. */
export function forwardingRuleChecks(forwardingRule: ExpectedForwardingRule): Check[] {
  const { bus, rule, target, queue, stack } = forwardingRule;
  const hop: Hop = bus === "default" ? "forwarding" : "alert hub";
  const isWebhook = target.includes(":api-destination/");
  const to = isWebhook
    ? "its API destination"
    : target.includes(":event-bus/")
      ? `event bus ${lastOf(target)}`
      : `state machine ${lastOf(target)}`;
  // Webhooks share the role and the queue.
  const ofRule = isWebhook ? `, for rule ${rule}` : "";
  const name = `rule ${rule} forwards alarms to ${to}`;
  const remedy = redeploy(stack);
  return [
    { hop, name, run: (subject) => handsOn(subject, forwardingRule, remedy) },
    {
      hop,
      name: `role ${forwardingRule.role.name} may do so${ofRule}`,
      run: (subject) => mayHandOn(subject, forwardingRule, remedy),
    },
    {
      hop,
      name: `queue ${lastOf(queue)} is empty${ofRule}`,
      run: (subject) => isEmpty(subject, forwardingRule, remedy),
    },
  ];
}

async function handsOn(
  { session, account }: Subject,
  forwardingRule: ExpectedForwardingRule,
  remedy: string,
): Promise<Finding> {
  const { bus, rule: Rule, region, pattern, target, role, queue } = forwardingRule;
  const onBus = bus === "default" ? {} : { EventBusName: bus };
  const stored = await session.query(READS.rule, { Name: Rule, ...onBus }, region);
  if (stored === undefined) return failed("no such rule", lost(forwardingRule), remedy);
  if (stored.State !== "ENABLED") {
    const which = `--region ${region} --name ${Rule}${bus === "default" ? "" : ` --event-bus-name ${bus}`}`;
    return failed(
      `state ${stored.State ?? "none"}, not ENABLED`,
      lost(forwardingRule),
      `aws events enable-rule ${which}`,
    );
  }
  if (!isSameJson(stored.EventPattern ?? "", pattern)) {
    return failed("another event pattern", "alarms that must notify subscribers may not match", remedy);
  }
  const answer = await session.query(READS.targets, { Rule, ...onBus }, region);
  const targets = answer?.Targets ?? [];
  const found = targets.find(({ Arn }) => isTarget(Arn, target));
  if (found === undefined) {
    return failed(
      `targets: ${targets.map(({ Arn }) => Arn).join(", ") || "none"}`,
      `${lost(forwardingRule)}; it must be ${target}`,
      remedy,
    );
  }
  if (found.RoleArn !== arnOfRole(region, account.id, role)) {
    return failed(`role ${found.RoleArn ?? "none"}`, `EventBridge must use role ${role.name}`, remedy);
  }
  if (found.DeadLetterConfig?.Arn !== queue) {
    return failed(
      `undelivered alarms go to ${found.DeadLetterConfig?.Arn ?? "no queue"}`,
      "undeliverable alarms are lost, and no alarm reports it",
      remedy,
    );
  }
  const others = targets.filter(({ Arn }) => !isTarget(Arn, target));
  if (others.length > 0) {
    const rule = `--region ${region} --rule ${Rule}${bus === "default" ? "" : ` --event-bus-name ${bus}`}`;
    return otherTargets(others, rule, "alarms go to targets that accounts/ does not configure");
  }
  return proven(`enabled, to ${target}`);
}

async function mayHandOn(subject: Subject, forwardingRule: ExpectedForwardingRule, remedy: string): Promise<Finding> {
  const { role, action, target } = forwardingRule;
  const refusal = firstRefusal(await rolePolicies(subject, role), [{ action, resource: target }]);
  if (refusal === undefined) {
    return (await furtherPolicies(subject, role, remedy)) ?? proven(`its only policy allows ${action}`);
  }
  const { answer, because, wish } = refusal;
  const seen = `${wish}: ${because}`;
  const reason = lost(forwardingRule);
  return answer === "denied" ? failed(seen, reason, remedy) : unknown(seen, reason, remedy);
}

async function isEmpty(
  { session, account }: Subject,
  forwardingRule: ExpectedForwardingRule,
  remedy: string,
): Promise<Finding> {
  const { queue, bus, rule, region } = forwardingRule;
  const address = await session.query(HUB_READS.queueUrl, { QueueName: lastOf(queue) }, region);
  if (address === undefined) return failed("no such queue", "undeliverable alarms are lost", remedy);
  const AttributeNames: ("Policy" | "ApproximateNumberOfMessages")[] = ["Policy", "ApproximateNumberOfMessages"];
  const QueueUrl = address.QueueUrl;
  const attributes = (await session.query(HUB_READS.queue, { QueueUrl, AttributeNames }, region))?.Attributes;
  const { answer, because } = evaluate([attributes?.Policy ?? "{}"], {
    principal: "events.amazonaws.com",
    action: "sqs:SendMessage",
    resource: queue,
    context: {
      "aws:SourceArn": arn(region, "events", account.id, `rule/${bus === "default" ? "" : `${bus}/`}${rule}`),
      "aws:SecureTransport": "true",
    },
  });
  const reason = "EventBridge may not send undeliverable alarms to it";
  if (answer === "denied") return failed(because, reason, remedy);
  const waiting = Number(attributes?.ApproximateNumberOfMessages ?? 0);
  if (waiting > 0) {
    const read = `aws sqs receive-message --region ${region} --queue-url ${QueueUrl ?? ""}`;
    return failed(
      `${counted(waiting, "alarm")} in it`,
      "the alert hub notified no subscriber of them",
      `${read}, then ${remedy}`,
    );
  }
  return answer === "undecided" ? unknown(because, reason, remedy) : proven("exists, and is empty");
}

/** The name at the end of an ARN. */
export function lastOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
