import { ownNames } from "../../lib/naming/own-names";
import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { accountNamed } from "../../organization/organization";
import { createClient } from "../../lib/aws/client";
import { setTimeout as sleep } from "node:timers/promises";
import type { HopEvent, SubscriberHop } from "../signal-path/hop-event";
import { goesOff, isSent } from "./alarms";
import { expectedIn } from "./expected-alarm";
import { changeYaml } from "./change-yaml";
import { type NotificationComparison, comparisonTable } from "./comparison";
import { FileNotices } from "./file-notices";
import type { Scenario } from "./scenario";
import { type ActorSession, readSecretRepeatedly, signIn } from "./session";
import type { ScenarioContext } from "./context";
import { READS_DETECTION } from "./watched-secret";

const ACCOUNT = "workloads-production";
const MINUTE = 60_000;
const MINUTES = 60;
/** The minute in which the secret is read, and the number of reads. */
const INCIDENT = { minute: 37, reads: 5 };
/** At this speed, a minute of the hour takes half a second. */
const SPEED = 120;

/** The same hour, reported by CloudTrail's own notification of each log file and by alarms. */
export const compareScenario: Scenario = {
  id: "compare",
  title: `one hour in ${ACCOUNT}, reported by CloudTrail's log file notifications and by alarms`,
  expectation: "CloudTrail sends a message for each file; the alarm sends one, sooner, that says what happened.",
  expects: (organization) => expectedIn(organization, [ACCOUNT], READS_DETECTION),
  topics: (organization) => [
    { account: accountNamed(organization, "management").id, name: ownNames(organization.names).logFilesTopic },
  ],
  accounts: ["management", ACCOUNT],
  check: ({ trail }) => {
    if (trail.existing === undefined) return;
    throw new Error(
      "scenario 'compare' must have an organization trail of Trailwatch's own, because only its notifications can be " +
        `turned on, got the existing trail '${trail.existing.name}': leave out --landing-zone`,
    );
  },
  speed: SPEED,
  prepare: (accountsFolder) => {
    const notifications = { enabled: true, subscribers: { email: ["log-files@example.com"] } };
    changeYaml(accountsFolder, "organization", ["trail", "logFileNotifications"], notifications);
  },
  run: async (context) => {
    const account = context.account(ACCOUNT);
    await context.confirmSubscriptions();
    await context.quiet();

    const begin = context.hops.length;
    const { clock, speed } = context;
    // Delays are divided by the speed; on a clock that runs at that speed, they are as long as AWS's again.
    clock.set(Date.now() - MINUTES * MINUTE, speed);
    context.print(`  Simulating one hour; each minute takes ${60 / speed} s.`);
    await liveAnHour(context);
    const alarm = await context.until(goesOff(account, READS_DETECTION), begin);
    const mail = await context.until(isSent(context.sandbox.organization, account, READS_DETECTION), begin);
    await context.quiet();
    // Later calls find a clock that runs as fast as this machine's.
    clock.set(clock.now(), 1);

    const hops = context.hops.slice(begin);
    const read = hops.find((hop) => hop.hop === "API call" && hop.record.eventName === "GetSecretValue");
    const notices = new FileNotices(context.sandbox, hops);
    const naming = read?.hop === "API call" ? await notices.firstWith(read.eventId) : undefined;
    if (alarm === undefined || mail === undefined || read === undefined || naming === undefined) {
      return {
        succeeded: false,
        lines: ["Expected an alarm for the reads, and a notification of the log file that contains them."],
      };
    }
    const comparison: NotificationComparison = {
      calls: hops.filter(({ hop }) => hop === "API call").length,
      files: { messages: notices.count, seconds: (naming.at - read.at) / 1000, text: naming.text },
      alarms: { messages: hops.filter(isAlarmMail).length, seconds: (mail.at - read.at) / 1000, text: mail.subject },
    };
    return { succeeded: comparison.files.messages > comparison.alarms.messages, lines: comparisonTable(comparison) };
  },
};

function isAlarmMail(hop: HopEvent): hop is SubscriberHop {
  return hop.hop === "subscriber" && hop.delivered && hop.subject.startsWith("ALARM");
}

/** Four calls a minute, and one incident. */
async function liveAnHour(context: ScenarioContext): Promise<void> {
  const { clock, speed } = context;
  const account = context.account(ACCOUNT);
  const begin = clock.now();
  const application = await signIn(context.sandbox, account, "OrderService", "order-service");
  const calls = everydayCalls(application);
  const mallory = await context.actor(account, "Developer", "mallory");
  for (let minute = 0; minute < MINUTES; minute++) {
    for (const call of calls) await call();
    if (minute === INCIDENT.minute) await readSecretRepeatedly(mallory, "MyProjectSecrets", INCIDENT.reads);
    await sleep(Math.max(0, (begin + (minute + 1) * MINUTE - clock.now()) / speed));
  }
}

/** The everyday calls of any account: a dashboard, an inventory, a person who looks around. They raise no alarm. */
function everydayCalls(session: ActorSession): (() => Promise<unknown>)[] {
  const cloudWatch = createClient(CloudWatchClient, session);
  const logs = createClient(CloudWatchLogsClient, session);
  const s3 = createClient(S3Client, session);
  const secrets = createClient(SecretsManagerClient, session);
  return [
    () => cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 10 })),
    () => logs.send(new DescribeLogGroupsCommand({ limit: 10 })),
    () => s3.send(new ListBucketsCommand({})),
    () => secrets.send(new ListSecretsCommand({})),
  ];
}
