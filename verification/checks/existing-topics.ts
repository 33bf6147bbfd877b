import type { PolicyStatement } from "../../modules/policy-document";
import { regionalService, roleArn, rootArn } from "../../lib/aws/partitions";
import { evaluate, type PolicyRequest, type Verdict } from "../../lib/aws/policy-evaluator";
import { counted } from "../../lib/support/counted";
import { READS } from "../aws/calls";
import { pages, type Session } from "../aws/session";
import type { ExpectedTopic } from "../expected/expected-account";
import { failed, proven, unknown, type Finding } from "../result";
import type { Check, Subject } from "./check";
import { publisherStatement, publishersOf, PUBLISHER_NAMES, type Publisher } from "./publishers";
import { topicCheckName, topicNameOf, topicRegionOf } from "./topics";

/** Actions on the key of a topic. Source: SNS Developer Guide, permissions for AWS services. */
const KEY_ACTIONS = ["kms:GenerateDataKey*", "kms:Decrypt"];
/** The same as requests. */
const KEY_USES = ["kms:GenerateDataKey", "kms:Decrypt"];

/**
 * Whether alarms and rules may publish to a topic that Trailwatch did not create, use its key, and have a subscriber. Its
 * owner changes policy and key: the findings hold the statements to add.
 */
export function existingTopicChecks(topic: ExpectedTopic): Check[] {
  const name = topicNameOf(topic.arn);
  const admitted = topicCheckName(topic.arn);
  return [
    { hop: "topic", name: admitted, run: (subject) => topicAdmits(subject, topic.arn) },
    {
      hop: "topic",
      name: `key of ${name} admits its publishers`,
      follows: [admitted],
      run: (subject) => keyAdmits(subject, topic.arn),
    },
    {
      hop: "subscriber",
      name: `${name} has a confirmed subscriber`,
      follows: [admitted],
      run: (subject) => hasSubscriber(subject, topic.arn),
    },
  ];
}

async function topicAdmits(subject: Subject, topicArn: string): Promise<Finding> {
  const region = topicRegionOf(topicArn);
  const attributes = await attributesOf(subject, topicArn);
  if (attributes === undefined) {
    const remedy = "name an existing topic in accounts/, or create it with its owner's tools";
    return failed(`no such topic in ${region}`, "alarms have no topic to notify", remedy);
  }
  return found(subject, {
    owner: ownerOf(topicArn),
    policy: attributes["Policy"] ?? "{}",
    requests: [{ action: "sns:Publish", resource: topicArn }],
    topicArn,
    statementOf: (publisher) =>
      publisherStatement(subject.organization, publisher, topicArn, { Action: "sns:Publish", Resource: topicArn }),
    good: "its policy admits them",
    consequence: "may not publish: no subscriber is notified",
    remedy: `the owner of the topic, account ${ownerOf(topicArn)}, adds to its policy (aws sns get-topic-attributes and set-topic-attributes --attribute-name Policy --region ${region} --topic-arn ${topicArn}):`,
  });
}

async function keyAdmits(subject: Subject, topicArn: string): Promise<Finding> {
  const region = topicRegionOf(topicArn);
  const keyId = (await attributesOf(subject, topicArn))?.["KmsMasterKeyId"] ?? "";
  if (keyId === "") return proven("not encrypted with a key of KMS: none to admit");
  const owner = /^arn:[^:]*:kms:[^:]*:(\d{12}):/.exec(keyId)?.[1] ?? ownerOf(topicArn);
  const session = await sessionOf(subject, owner);
  const key = (await session.query(READS.key, { KeyId: keyId }, region))?.KeyMetadata;
  if (keyId === "alias/aws/sns" || key?.KeyManager === "AWS") {
    return failed(
      `encrypted with ${keyId}`,
      "the AWS managed key does not admit CloudWatch, and its policy cannot be changed: no subscriber is notified",
      "the owner of the topic encrypts it with a customer managed key that admits its publishers: aws sns " +
        `set-topic-attributes --region ${region} --topic-arn ${topicArn} --attribute-name KmsMasterKeyId ` +
        "--attribute-value <key>; its policy needs:",
      publishersOf(subject, topicArn).map((publisher) => keyStatement(subject, publisher, topicArn)),
    );
  }
  if (key?.KeyState !== "Enabled") {
    const remedy = `its owner, account ${owner}, enables it: aws kms enable-key --region ${region} --key-id ${keyId}`;
    return failed(`key is ${key?.KeyState ?? "missing"}`, "messages cannot be encrypted", remedy);
  }
  const keyArn = key.Arn ?? keyId;
  const answer = await session.query(READS.keyPolicy, { KeyId: keyArn, PolicyName: "default" }, region);
  return found(subject, {
    owner,
    policy: answer?.Policy ?? "{}",
    requests: KEY_USES.map((action) => ({ action, resource: keyArn })),
    topicArn,
    statementOf: (publisher) => keyStatement(subject, publisher, topicArn),
    good: "key is enabled, its policy admits them",
    consequence: "may not use the topic's key: no subscriber is notified",
    remedy: `the owner of the key, account ${owner}, adds to its policy (aws kms get-key-policy and put-key-policy --policy-name default --region ${region} --key-id ${keyArn}):`,
  });
}

function keyStatement({ organization }: Subject, publisher: Publisher, topicArn: string): PolicyStatement {
  return publisherStatement(organization, publisher, topicArn, { Action: KEY_ACTIONS, Resource: "*" });
}

async function hasSubscriber(subject: Subject, topicArn: string): Promise<Finding> {
  const region = topicRegionOf(topicArn);
  const session = await sessionOf(subject, ownerOf(topicArn));
  const stored = await pages(
    (NextToken) => session.query(READS.subscriptions, { TopicArn: topicArn, NextToken }, region),
    (answer) => ({ items: answer.Subscriptions, next: answer.NextToken }),
  );
  if (stored === undefined) return unknown("nothing", `there is no topic ${topicNameOf(topicArn)}`);
  const confirmed = stored.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith("arn:") === true);
  if (confirmed.length > 0)
    return proven(`${counted(confirmed.length, "confirmed subscriber")}, which its owner manages`);
  const seen = stored.length === 0 ? "no subscriber" : `${counted(stored.length, "subscriber")}, none confirmed`;
  return failed(seen, "its messages reach no one", `aws sns subscribe --region ${region} --topic-arn ${topicArn} …`);
}

interface Admission {
  /** The 12-digit id of the account that has the policy. */
  readonly owner: string;
  readonly policy: string;
  readonly requests: readonly Pick<PolicyRequest, "action" | "resource">[];
  readonly topicArn: string;
  readonly statementOf: (publisher: Publisher) => PolicyStatement;
  readonly good: string;
  readonly consequence: string;
  readonly remedy: string;
}

/** Whether a policy admits every publisher of the subject's account to the topic. */
function found(subject: Subject, admission: Admission): Finding {
  const verdicts = publishersOf(subject, admission.topicArn).map((publisher) => ({
    publisher,
    verdict: worst(admission.requests.flatMap((request) => verdictsOf(subject, publisher, request, admission))),
  }));
  const open = verdicts.filter(({ verdict }) => verdict.answer !== "allowed");
  const first = open.find(({ verdict }) => verdict.answer === "denied") ?? open[0];
  if (first === undefined) return proven(admission.good);
  const consequence = `${PUBLISHER_NAMES[first.publisher.kind]} ${admission.consequence}`;
  const statements = open.map(({ publisher }) => admission.statementOf(publisher));
  return first.verdict.answer === "denied"
    ? failed(first.verdict.because, consequence, admission.remedy, statements)
    : { ...unknown(first.verdict.because, consequence, admission.remedy), statements };
}

/** A statement for the account admits its roles, whose own policies allow it; in that account, SNS needs none at all. */
function verdictsOf(
  { account, organization }: Subject,
  publisher: Publisher,
  request: Pick<PolicyRequest, "action" | "resource">,
  { owner, policy }: Admission,
): Verdict[] {
  const home = organization.homeRegion;
  if (publisher.role === undefined) {
    return publisher.sources.map((source) =>
      evaluate([policy], {
        ...request,
        principal: publisher.principal,
        context: { "aws:SourceAccount": account.id, "aws:SourceArn": source, "aws:SecureTransport": "true" },
      }),
    );
  }
  const role = roleArn(home, account.id, publisher.role);
  const asked = [role, rootArn(home, account.id)].map((principal) =>
    evaluate([policy], {
      ...request,
      principal,
      context: {
        "aws:PrincipalArn": role,
        "aws:PrincipalAccount": account.id,
        "aws:PrincipalOrgID": organization.id,
        "aws:SecureTransport": "true",
        "kms:ViaService": regionalService(home, "sns"),
      },
    }),
  );
  const isOwn = owner === account.id && request.action.startsWith("sns:");
  const allowed = asked.find(({ answer }) => answer === "allowed");
  const refused = asked.find(({ because }) => because.endsWith("denies it"));
  if (refused !== undefined) return [refused];
  return allowed === undefined && !isOwn ? asked.slice(0, 1) : [];
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ answer }) => answer === "denied") ??
    verdicts.find(({ answer }) => answer === "undecided") ?? { answer: "allowed", because: "" }
  );
}

async function attributesOf(subject: Subject, topicArn: string): Promise<Record<string, string> | undefined> {
  const session = await sessionOf(subject, ownerOf(topicArn));
  return (await session.query(READS.topic, { TopicArn: topicArn }, topicRegionOf(topicArn)))?.Attributes;
}

/** SNS and KMS show policies to their owner; of accounts that are not in accounts/, only if they admit the caller. */
async function sessionOf({ account, session, enter }: Subject, owner: string): Promise<Session> {
  return owner === account.id ? session : ((await enter?.(owner)) ?? session);
}

function ownerOf(topicArn: string): string {
  return topicArn.split(":")[4] ?? "";
}
