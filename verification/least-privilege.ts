import { ownNames } from "../lib/naming/own-names";
import { arn, arnPrefix, bucketArn, roleArn } from "../lib/aws/partitions";
import { accountWithRole, type Organization } from "../organization/organization";
import { archiveBucketOf } from "../organization/resolve/archive";
import { existingTopicsOf } from "../organization/resolve/topics";
import { deploymentRoleArn } from "../stacks/deployment-role";
import type { Scope } from "./aws/aws-call";
import { LIVE, NOTIFY, READS } from "./aws/calls";
import { DIGEST_READS, HUB_LIVE, HUB_READS, WEBHOOK_READS } from "./aws/hub-calls";
import { ownRoleArn } from "../lib/naming/role-names";

/** An IAM policy. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

export interface LeastPrivilegeOptions {
  readonly organization: Organization;
  /** Include the permissions of `--live`. */
  readonly live: boolean;
  /** Include the permissions of `--notify`. */
  readonly notify: boolean;
  /**
   * Name of the role to assume in each account.
   *
   * @default - the role that Terraform assumes there
   */
  readonly role?: string;
}

/** The least privileges that `verify` needs, made from the table of its calls. */
export function leastPrivilege(options: LeastPrivilegeOptions): PolicyDocument {
  const { organization, live, notify } = options;
  const calls = [
    ...Object.values(READS),
    ...(organization.alertHub === undefined ? [] : Object.values(HUB_READS)),
    ...((organization.alertHub?.webhooks ?? []).length === 0 ? [] : Object.values(WEBHOOK_READS)),
    ...(organization.alertHub?.noticesDigest === undefined ? [] : Object.values(DIGEST_READS)),
    ...(live ? Object.values(LIVE) : []),
    ...(live && organization.alertHub !== undefined ? Object.values(HUB_LIVE) : []),
    ...(notify ? Object.values(NOTIFY) : []),
  ];
  const scopes = [...new Set(calls.map(({ scope }) => scope))].sort();
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "EnterAccounts", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roleArns(options) },
      ...scopes.map((scope) => ({
        Sid: SIDS[scope],
        Effect: "Allow" as const,
        Action: actionsOf(calls.filter((call) => call.scope === scope)),
        Resource: resourcesOf(scope, organization),
      })),
      ...(live
        ? [
            {
              Sid: "DecryptSecrets",
              Effect: "Allow" as const,
              Action: ["kms:Decrypt"],
              Resource: organization.accounts.map(({ id }) => arn(organization.homeRegion, "kms", id, "key/*")),
            },
          ]
        : []),
    ],
  };
}

const SIDS: Readonly<Record<Scope, string>> = {
  anything: "Look",
  "API destinations": "ApiDestinations",
  alarms: "Alarms",
  archive: "Archive",
  connections: "Connections",
  "event buses": "EventBuses",
  executions: "Executions",
  "log groups": "LogGroups",
  queues: "Queues",
  roles: "Roles",
  rules: "Rules",
  schedules: "Schedules",
  secrets: "Secrets",
  "state machines": "StateMachines",
  topics: "Topics",
  trails: "Trails",
};

function actionsOf(calls: readonly { readonly action: string }[]): string[] {
  return [...new Set(calls.map(({ action }) => action))].sort();
}

/** The narrowest resource that works in every account of the organization. */
function resourcesOf(scope: Scope, organization: Organization): string[] {
  const { homeRegion } = organization;
  const own = ownNames(organization.names);
  const arns = arnPrefix(homeRegion);
  switch (scope) {
    case "anything":
      // These calls support no narrower resource, or apply to keys and regions that are unknown in advance.
      return ["*"];
    case "alarms":
      return [`${arns}:cloudwatch:*:*:${own.arns.alarms}`];
    case "archive":
      return [bucketArn(homeRegion, archiveBucketOf(organization).bucket)];
    case "API destinations":
      return [`${arns}:events:*:*:${own.arns.apiDestinations}`];
    case "connections":
      return [`${arns}:events:*:*:${own.arns.connections}`];
    case "event buses":
      return [`${arns}:events:*:*:event-bus/${own.pattern}`];
    case "executions":
      return [`${arns}:states:*:*:${own.arns.executions}`];
    case "queues":
      return [`${arns}:sqs:*:*:${own.arns.queues}`];
    case "roles":
      return [ownRoleArn(homeRegion, organization.iam, "*", own.pattern)];
    case "state machines":
      return [`${arns}:states:*:*:${own.arns.stateMachines}`];
    case "log groups":
      return [...own.arns.logGroups, ...existingLogGroups(organization)].map((group) => `${arns}:logs:*:*:${group}`);
    case "rules":
      return [`${arns}:events:*:*:${own.arns.rules}`];
    case "schedules":
      return [`${arns}:scheduler:*:*:${own.arns.schedules}`];
    case "secrets":
      return secretArns(organization);
    case "topics":
      return [`${arns}:sns:*:*:${own.arns.topics}`, ...existingTopicsOf(organization)];
    case "trails":
      return [own.arns.trails, ...existingTrails(organization)].map((trail) => `${arns}:cloudtrail:*:*:${trail}`);
  }
}

function existingLogGroups({ trail }: Organization): string[] {
  const group = trail.existing?.logGroup;
  return group === undefined ? [] : [`log-group:${group}`, `log-group:${group}:*`];
}

function existingTrails({ trail }: Organization): string[] {
  return trail.existing === undefined ? [] : [`trail/${trail.existing.name}`];
}

/** Secrets Manager adds a hyphen and six characters to the name. */
function secretArns({ accounts, homeRegion }: Organization): string[] {
  return accounts.flatMap(({ id, secrets }) =>
    [...secrets.create.map(({ name }) => name), ...secrets.watch].map((name) =>
      name.endsWith("*")
        ? `${arnPrefix(homeRegion)}:secretsmanager:*:${id}:secret:${name}`
        : `${arnPrefix(homeRegion)}:secretsmanager:*:${id}:secret:${name}-??????`,
    ),
  );
}

function roleArns({ organization, role }: LeastPrivilegeOptions): string[] {
  const management = accountWithRole(organization, "management");
  return organization.accounts
    .filter(({ id }) => id !== management.id)
    .flatMap((account) =>
      role === undefined
        ? (deploymentRoleArn(organization, account) ?? [])
        : roleArn(organization.homeRegion, account.id, role),
    );
}
