import type { NamesSettings } from "./own-resources";

/** Topics of an account and of the alert hub; `raised` records alarms that a change window suppresses. */
export type AccountTopic = "alerts" | "notices" | "raised";

/** Queue of the events that a rule or state machine could not deliver. */
export function undeliveredQueueName(source: string): string {
  return `${source}-undelivered`;
}

/** Names of an installation's single resources. */
export function resourceNames({ prefix: name }: NamesSettings) {
  const prefix = `${name}-`;
  const folder = `${name}/`;
  const alertHub = `${prefix}alert-hub`;
  const webhookPrefix = `${prefix}webhook`;
  const witness = `${prefix}witness`;
  return {
    /** A topic of an account. */
    accountTopicName: (topic: AccountTopic): string => `${prefix}${topic}`,
    /** Alias of the key of an account's topics. */
    topicsKeyAlias: `${prefix}topics`,
    /** Queue that keeps messages of topics without subscribers. */
    keptMessagesQueue: `${prefix}kept-messages`,
    /** Topic of CloudTrail's messages about delivered files, and alias of its key. */
    logFilesTopic: `${prefix}log-files`,

    /** Rule and role that send an account's alarms to the alert hub. */
    alertForwarding: `${prefix}alert-forwarding`,
    /** Event bus that the alarms of all accounts arrive on, in the hub's account. */
    alertBus: `${prefix}alerts`,
    /** The alert hub's rule, state machine, role and chat configuration, and alias of the key of its topics. */
    alertHub,
    /**
     * The alert hub's second state machine, which finds the events of an alarm, and the role of each account that lets
     * it read them.
     */
    alertDetails: `${prefix}alert-details`,
    /** Pattern of the names of the alert hub's state machines. */
    alertMachines: `${prefix}alert-*`,
    /** Schedule and role of the heartbeat that passes through the alert hub, in the management account. */
    hubHeartbeat: `${alertHub}-heartbeat`,
    /** Table of the notices that the alert hub collects. */
    hubNotices: `${alertHub}-notices`,
    /** Schedule and role of the alert hub's digest of notices. */
    hubDigest: `${alertHub}-digest`,
    /** Table in which the alert hub counts repeated alarms. */
    alertRepeats: `${alertHub}-repeats`,
    /** A topic of the alert hub. */
    hubTopicName: (topic: "alerts" | "notices" | "chat"): string => `${alertHub}-${topic}`,

    /** Begins the names of everything of the alert hub's webhooks. */
    webhookPrefix,
    /** Event bus of the alert hub's webhooks, the role that posts to them, and the beginning of their queue's name. */
    webhooks: `${webhookPrefix}s`,
    /** Rule, connection and API destination of a webhook. */
    webhookResourceName: (webhook: string): string => `${webhookPrefix}-${webhook}`,

    /**
     * Topic of the management account and the hub's account that reports changes to the monitoring directly, alias of
     * its key, role that forwards to the home region, and beginning of the names of its rules.
     */
    witness,
    /** Role of the witness's rules where they publish to a topic of another account. */
    witnessPublisher: `${witness}-publisher`,
    /** A rule that sends calls of a service to the witness topic. */
    witnessRuleName: (service: string): string => `${witness}-${service}`,

    /** The heartbeat: a schedule and its role of this name, and the parameter that the role writes each hour. */
    heartbeat: { name: `${prefix}heartbeat`, parameter: `/${folder}heartbeat` },

    /** Policy that lets EventBridge write to the log group of the event-bus feed, and alias of that log group's key. */
    eventsPermission: `${prefix}events`,

    /** Alias of the key that encrypts the archive. */
    archiveKeyAlias: `${prefix}archive`,
    /** Alias of the key that encrypts Terraform state. */
    stateKeyAlias: `${prefix}state`,
    /** Alias of the key that encrypts the secrets that Trailwatch creates. */
    secretsKeyAlias: `${prefix}secrets`,

    /** Athena workgroup for queries on the archive. */
    athenaWorkgroup: name,

    /** The Logs Insights query of a detection, saved in its account. */
    savedQueryName: (accountName: string, detection: string): string => `${folder}${accountName}/${detection}`,
    /** The dashboard of an account. */
    dashboardName: (accountName: string): string => `${prefix}${accountName}`,
  };
}
