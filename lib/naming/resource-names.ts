import { OWN_FOLDER, OWN_NAME, OWN_PREFIX } from "./own-resources";

/** Topics of an account and of the alert hub; `raised` records alarms that a change window suppresses. */
export type AccountTopic = "alerts" | "notices" | "raised";

/** A topic of an account. */
export function accountTopicName(topic: AccountTopic): string {
  return `${OWN_PREFIX}${topic}`;
}

/** Alias of the key of an account's topics. */
export const TOPICS_KEY_ALIAS = `${OWN_PREFIX}topics`;
/** Queue that keeps messages of topics without subscribers. */
export const KEPT_MESSAGES_QUEUE = `${OWN_PREFIX}kept-messages`;
/** Topic of CloudTrail's messages about delivered files, and alias of its key. */
export const LOG_FILES_TOPIC = `${OWN_PREFIX}log-files`;

/** Rule and role that send an account's alarms to the alert hub. */
export const ALERT_FORWARDING = `${OWN_PREFIX}alert-forwarding`;
/** Event bus that the alarms of all accounts arrive on, in the hub's account. */
export const ALERT_BUS = `${OWN_PREFIX}alerts`;
/** The alert hub's rule, state machine, role and chat configuration, and alias of the key of its topics. */
export const ALERT_HUB = `${OWN_PREFIX}alert-hub`;

/**
 * The alert hub's second state machine, which finds the events of an alarm, and the role of each account that lets it
 * read them.
 */
export const ALERT_DETAILS = `${OWN_PREFIX}alert-details`;

/** Pattern of the names of the alert hub's state machines. */
export const ALERT_MACHINES = `${OWN_PREFIX}alert-*`;

/** Schedule and role of the heartbeat that passes through the alert hub, in the management account. */
export const HUB_HEARTBEAT = `${ALERT_HUB}-heartbeat`;

/** Table of the notices that the alert hub collects. */
export const HUB_NOTICES = `${ALERT_HUB}-notices`;

/** Schedule and role of the alert hub's digest of notices. */
export const HUB_DIGEST = `${ALERT_HUB}-digest`;

/** Table in which the alert hub counts repeated alarms. */
export const ALERT_REPEATS = `${ALERT_HUB}-repeats`;

/** A topic of the alert hub. */
export function hubTopicName(topic: "alerts" | "notices" | "chat"): string {
  return `${ALERT_HUB}-${topic}`;
}

/** Begins the names of everything of the alert hub's webhooks. */
export const WEBHOOK_PREFIX = `${OWN_PREFIX}webhook`;

/** Event bus of the alert hub's webhooks, the role that posts to them, and the beginning of their queue's name. */
export const WEBHOOKS = `${WEBHOOK_PREFIX}s`;

/** Rule, connection and API destination of a webhook. */
export function webhookResourceName(webhook: string): string {
  return `${WEBHOOK_PREFIX}-${webhook}`;
}

/**
 * Topic of the management account and the hub's account that reports changes to the monitoring directly, alias of its
 * key, role that forwards to the home region, and beginning of the names of its rules.
 */
export const WITNESS = `${OWN_PREFIX}witness`;

/** A rule that sends calls of a service to the witness topic. */
export function witnessRuleName(service: string): string {
  return `${WITNESS}-${service}`;
}

/** Queue of the events that a rule or state machine could not deliver. */
export function undeliveredQueueName(source: string): string {
  return `${source}-undelivered`;
}

/** The heartbeat: a schedule and its role of this name, and the parameter that the role writes each hour. */
export const HEARTBEAT = { name: `${OWN_PREFIX}heartbeat`, parameter: `/${OWN_FOLDER}heartbeat` } as const;

/** Policy that lets EventBridge write to the log group of the event-bus feed, and alias of that log group's key. */
export const EVENTS_PERMISSION = `${OWN_PREFIX}events`;

/** Alias of the key that encrypts the archive. */
export const ARCHIVE_KEY_ALIAS = `${OWN_PREFIX}archive`;
/** Alias of the key that encrypts Terraform state. */
export const STATE_KEY_ALIAS = `${OWN_PREFIX}state`;
/** Alias of the key that encrypts the secrets that Trailwatch creates. */
export const SECRETS_KEY_ALIAS = `${OWN_PREFIX}secrets`;

/** Athena workgroup for queries on the archive. */
export const ATHENA_WORKGROUP = OWN_NAME;
/** Glue database of the archive's table; Glue takes lower-case letters, digits and `_`. */
export const ARCHIVE_DATABASE = OWN_NAME;

/** The Logs Insights query of a detection, saved in its account. */
export function savedQueryName(accountName: string, detection: string): string {
  return `${OWN_FOLDER}${accountName}/${detection}`;
}

/** The dashboard of an account. */
export function dashboardName(accountName: string): string {
  return `${OWN_PREFIX}${accountName}`;
}
