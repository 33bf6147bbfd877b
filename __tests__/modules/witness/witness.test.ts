import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EVENT_PATTERN_LIMIT } from "../../../detections/event-pattern";
import { apiCall, assumedRole } from "../../../detections/example-record";
import { Witness, type WitnessProps } from "../../../modules/witness/witness";
import { compileEventPattern } from "../../../signals";
import { NO_SUBSCRIBERS } from "../../../lib/naming/subscriber-kinds";
import { policyOf, resourceOf, resourcesOf, statementOf, synthModule } from "../../support/synth";

const ACCOUNT = "111122223333";
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/OrganizationAccountAccessRole/trailwatch`;

function synth(changes: Partial<WitnessProps> = {}, isForwarding = false) {
  return synthModule((scope) => {
    const provider = isForwarding ? new AwsProvider(scope, "aws-us-east-1", { alias: "us-east-1" }) : undefined;
    new Witness(scope, "witness", {
      accountId: ACCOUNT,
      accountName: "management",
      region: "eu-west-1",
      subscribers: { ...NO_SUBSCRIBERS, email: ["alerts@example.com"] },
      deploymentSession: SESSION,
      globalProvider: provider,
      ...changes,
    });
  });
}

const stack = synth();
const rules = resourcesOf(stack, "aws_cloudwatch_event_rule");

/** Names of the rules that match a call. */
function matching(service: string, name: string, requestParameters: object, userIdentity: object): string[] {
  const detail = apiCall(service, name, { requestParameters, userIdentity });
  const event = { source: `aws.${service}`, "detail-type": "AWS API Call via CloudTrail", detail };
  return rules
    .filter(({ event_pattern: pattern }) => compileEventPattern(String(pattern)).matches(event))
    .map(({ name: rule }) => String(rule));
}

const MALLORY = assumedRole("Admin", "mallory");
const DEPLOYMENT = assumedRole("OrganizationAccountAccessRole", "trailwatch");

test.each<[string, string, object]>([
  ["cloudtrail", "StopLogging", { name: "arn:aws:cloudtrail:eu-west-1:1:trail/trailwatch-organization" }],
  ["cloudtrail", "UpdateTrail", { name: "trailwatch-organization" }],
  ["cloudtrail", "PutEventSelectors", { trailName: "trailwatch-organization" }],
  ["cloudtrail", "PutEventConfiguration", { trailName: "trailwatch-organization" }],
  ["logs", "DeleteLogGroup", { logGroupName: "/trailwatch/management/organization-trail" }],
  ["logs", "CreateLogGroup", { logGroupName: "/aws/events/trailwatch" }],
  ["logs", "PutTransformer", { logGroupIdentifier: "/trailwatch/management/organization-trail" }],
  ["logs", "PutAccountPolicy", { policyType: "TRANSFORMER_POLICY" }],
  ["logs", "PutResourcePolicy", { policyName: "x", policyDocument: '{"Statement":[{"Effect":"Deny"}]}' }],
  ["kms", "PutKeyPolicy", { keyId: "0a1b" }],
  ["iam", "UpdateAssumeRolePolicy", { roleName: "trailwatch-organization" }],
  ["iam", "SetDefaultPolicyVersion", { policyArn: `arn:aws:iam::${ACCOUNT}:policy/trailwatch-boundary` }],
  ["monitoring", "DeleteAlarms", { alarmNames: ["cpu", "trailwatch-management-trail-stopped"] }],
  ["monitoring", "DisableAlarmActions", { alarmNames: ["trailwatch-management-trail-stopped"] }],
  ["monitoring", "PutAlarmMuteRule", { muteTargets: { alarmNames: ["trailwatch-management-trail-stopped"] } }],
  ["organizations", "DisableAWSServiceAccess", { servicePrincipal: "cloudtrail.amazonaws.com" }],
  ["sns", "SetTopicAttributes", { topicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:trailwatch-alerts` }],
  ["sns", "SetSubscriptionAttributes", { subscriptionArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:trailwatch-alerts:0a` }],
  [
    "states",
    "UpdateStateMachine",
    { stateMachineArn: `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:trailwatch-alert-hub` },
  ],
  ["events", "DeleteEventBus", { name: "trailwatch-alerts" }],
  ["events", "PutPermission", { eventBusName: "trailwatch-alerts" }],
  ["events", "RemoveTargets", { rule: "trailwatch-alert-hub", eventBusName: "trailwatch-alerts" }],
])("one rule matches %s:%s on our resources", (service, name, parameters) => {
  expect(matching(service, name, parameters, MALLORY)).toEqual([`trailwatch-witness-${service}`]);
});

test.each<[string, string, object]>([
  ["cloudtrail", "StopLogging", { name: "team-trail" }],
  ["logs", "DeleteLogGroup", { logGroupName: "/app" }],
  ["logs", "PutResourcePolicy", { policyName: "dns", policyDocument: '{"Statement":[{"Effect":"Allow"}]}' }],
  ["iam", "DeleteRole", { roleName: "checkout" }],
  ["iam", "SetDefaultPolicyVersion", { policyArn: `arn:aws:iam::${ACCOUNT}:policy/checkout` }],
  ["monitoring", "DeleteAlarms", { alarmNames: ["cpu"] }],
  ["monitoring", "PutAlarmMuteRule", { name: "trailwatch-x", muteTargets: { alarmNames: ["cpu"] } }],
  ["sns", "DeleteTopic", { topicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:orders` }],
  ["events", "PutRule", { name: "nightly" }],
])("no rule matches %s:%s on resources of others", (service, name, parameters) => {
  expect(matching(service, name, parameters, MALLORY)).toEqual([]);
});

test("a deployment sends no message for the calls that it makes, and one for every other", () => {
  const topic = { topicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:trailwatch-alerts` };
  expect(matching("sns", "SetTopicAttributes", topic, DEPLOYMENT)).toEqual([]);
  expect(matching("sns", "PutDataProtectionPolicy", { resourceArn: topic.topicArn }, DEPLOYMENT)).toHaveLength(1);
  expect(matching("events", "DisableRule", { name: "trailwatch" }, DEPLOYMENT)).toHaveLength(1);
});

test("a subscriber who follows the link in a mail has no ARN, and counts", () => {
  const subscription = { subscriptionArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:trailwatch-alerts:0a` };
  expect(matching("sns", "Unsubscribe", subscription, { type: "AWSAccount", accountId: "ANONYMOUS" })).toHaveLength(1);
});

test("every pattern fits, every rule is enabled and publishes one line to the topic", () => {
  for (const { event_pattern: pattern, state } of rules) {
    expect(String(pattern).length).toBeLessThanOrEqual(EVENT_PATTERN_LIMIT);
    expect(state).toBe("ENABLED");
  }
  const targets = resourcesOf(stack, "aws_cloudwatch_event_target");
  expect(targets).toHaveLength(rules.length);
  for (const target of targets) {
    expect(target.arn).toContain("aws_sns_topic_policy");
    const [{ input_template: template = "", input_paths: paths = {} } = {}] = [target.input_transformer].flat() as {
      input_template?: string;
      input_paths?: Record<string, string>;
    }[];
    expect(JSON.parse(template.replaceAll(/<\w+>/g, "x"))).toMatch(/^\[management] CRITICAL: x/);
    // AWS refused some of the calls that match: the message must not claim that they changed something.
    expect(paths["error"]).toBe("$.detail.errorCode");
    expect(template).toContain("error code if refused: <error>");
  }
});

test("EventBridge and CloudWatch may publish with a key that no other topic uses", () => {
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/trailwatch-witness");
  for (const policy of [
    policyOf(resourceOf(stack, "aws_sns_topic_policy")),
    policyOf(resourceOf(stack, "aws_kms_key")),
  ]) {
    expect(statementOf(policy, "AllowEventRules").Principal).toEqual({ Service: "events.amazonaws.com" });
    expect(statementOf(policy, "AllowPublisher").Principal).toEqual({ Service: "cloudwatch.amazonaws.com" });
  }
});

test("events of global services are forwarded to the home region, where the same rules match them", () => {
  const forwarding = synth({}, true);
  const regional = resourcesOf(forwarding, "aws_cloudwatch_event_rule").filter(
    ({ provider }) => provider !== undefined,
  );
  expect(regional.map(({ name }) => name)).toEqual(["trailwatch-witness-iam", "trailwatch-witness-organizations"]);
  for (const { name, event_pattern: pattern } of regional) {
    expect(rules.find((rule) => rule.name === name)?.event_pattern).toBe(pattern);
  }
  expect(resourcesOf(stack, "aws_iam_role")).toEqual([]);
  expect(resourceOf(forwarding, "aws_iam_role").name).toBe("trailwatch-witness");
});
