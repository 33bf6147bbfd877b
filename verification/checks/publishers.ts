import { arn } from "../../lib/aws/partitions";
import { ownNames } from "../../lib/naming/own-names";
import { ownRole, ownRoleArn } from "../../lib/naming/role-names";
import type { PolicyStatement } from "../../modules/policy-document";
import type { Account, Organization } from "../../organization/organization";
import { existingAmong, witnessedBy } from "../../organization/resolve/topics";
import { hasWitness } from "../../stacks/names";
import type { Subject } from "./check";
import { rulesTo, tellersOf } from "./topics";

/** What publishes to an existing topic, with the names that people know. */
export const PUBLISHER_NAMES = {
  alarm: "CloudWatch",
  rule: "EventBridge",
  witness: "the role of the witness",
  hub: "the role of the alert hub",
} as const;

type Kind = keyof typeof PUBLISHER_NAMES;

/** A principal that publishes to a topic. */
export interface Publisher {
  readonly kind: Kind;
  /** Service principal; empty for a role. */
  readonly principal: string;
  /** Name of the role, with its path; undefined for a service. */
  readonly role?: string;
  /** ARNs of the alarms or rules for which a service publishes. */
  readonly sources: readonly string[];
}

/** What publishes to a topic in the account. */
export function publishersOf({ account, organization, expected }: Subject, topicArn: string): Publisher[] {
  const alarms = tellersOf(expected.deployed).filter(({ alarmActions = [] }) => alarmActions.includes(topicArn));
  const rules = rulesTo(expected.deployed, [topicArn]);
  const isOwn = topicArn.split(":")[4] === account.id;
  return [
    ...(alarms.length === 0
      ? []
      : [
          {
            kind: "alarm" as const,
            principal: "cloudwatch.amazonaws.com",
            sources: alarms.map(({ name }) => arn(expected.homeRegion, "cloudwatch", account.id, `alarm:${name}`)),
          },
        ]),
    ...(rules.length === 0
      ? []
      : [
          isOwn
            ? {
                kind: "rule" as const,
                principal: "events.amazonaws.com",
                sources: rules.map(({ name, region }) => arn(region, "events", account.id, `rule/${name}`)),
              }
            : ofRole("witness", organization, ownNames(organization.names).witnessPublisher),
        ]),
    ...(hubPublishes(organization, account, topicArn)
      ? [ofRole("hub", organization, ownNames(organization.names).alertHub)]
      : []),
  ];
}

function ofRole(kind: Kind, { iam }: Organization, name: string): Publisher {
  return { kind, principal: "", role: ownRole(iam, name), sources: [] };
}

/** The statement that admits a publisher of every account that has one: each account has the same text. */
export function publisherStatement(
  organization: Organization,
  { kind }: Publisher,
  topicArn: string,
  permission: { readonly Action: string | string[]; readonly Resource: string },
): PolicyStatement {
  const { homeRegion, iam } = organization;
  const statement = (
    principal: PolicyStatement["Principal"],
    condition?: PolicyStatement["Condition"],
  ): PolicyStatement => ({
    Sid: `TrailwatchAllow${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    Effect: "Allow" as const,
    ...(principal === undefined ? {} : { Principal: principal }),
    ...permission,
    ...(condition === undefined ? {} : { Condition: condition }),
  });
  switch (kind) {
    case "alarm": {
      const ids = organization.accounts
        .filter((account) => notifies(organization, account, topicArn))
        .map(({ id }) => id);
      return statement(
        { Service: "cloudwatch.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": ids },
          ArnLike: { "aws:SourceArn": ids.map((id) => arn(homeRegion, "cloudwatch", id, "alarm:*")) },
        },
      );
    }
    // Without conditions: see EVENT_RULES of modules/topic.
    case "rule":
      return statement({ Service: "events.amazonaws.com" });
    case "witness": {
      const others = organization.accounts.filter(
        (account) =>
          hasWitness(organization, account) &&
          witnessedBy(organization, account).existing?.topicArn === topicArn &&
          account.id !== topicArn.split(":")[4],
      );
      return statement({
        AWS: others.map(({ id }) => ownRoleArn(homeRegion, iam, id, ownNames(organization.names).witnessPublisher)),
      });
    }
    case "hub": {
      const hubs = organization.accounts.filter((account) => hubPublishes(organization, account, topicArn));
      return statement({
        AWS: hubs.map(({ id }) => ownRoleArn(homeRegion, iam, id, ownNames(organization.names).alertHub)),
      });
    }
  }
}

/** Whether alarms of the account notify the topic: its own, those of its hub and those of its witness. */
function notifies(organization: Organization, account: Account, topicArn: string): boolean {
  return (
    existingAmong(account.notifications).includes(topicArn) ||
    hubPublishes(organization, account, topicArn) ||
    (hasWitness(organization, account) && witnessedBy(organization, account).existing?.topicArn === topicArn)
  );
}

function hubPublishes({ alertHub, notifications }: Organization, { name }: Account, topicArn: string): boolean {
  const { alerts, notices = alerts } = notifications;
  return alertHub?.account === name && existingAmong({ alerts, notices }).includes(topicArn);
}
