import { childrenOfRule, isAnnouncement, type DeployedAccount, type DeployedAlarm } from "../../signals";
import { NOTIFY } from "../aws/calls";
import { Unanswered } from "../aws/unanswered";
import { storedAlarms } from "../checks/alarms";
import type { Subject } from "../checks/check";
import { alarmTopics, nameOf } from "../checks/topics";
import { unknown, type CheckResult } from "../result";
import { acted } from "./alarm-history";
import { goThrough, type StepOptions } from "./step";

const MINUTE = 60_000;
const REASON = "A test by 'trailwatch verify --notify': nothing happened.";

export interface NotifyOptions extends StepOptions {
  /**
   * How long an action is waited for, in milliseconds.
   *
   * @default - two minutes
   */
  readonly timeout?: number;
}

/** Sends a test to each topic, by an alarm that is set off by hand and put back. */
export async function proveNotification(subject: Subject, options: NotifyOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { arn } of alarmTopics(subject.expected)) {
    const check = { hop: "topic", check: `test message to ${nameOf(arn)}` } as const;
    try {
      results.push(...(await test(subject, arn, options)));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      const { message, missingAction } = error;
      results.push({
        ...check,
        ...unknown("nothing", message),
        ...(missingAction === undefined ? {} : { missingAction }),
      });
    }
  }
  return results;
}

async function test(subject: Subject, topic: string, options: NotifyOptions): Promise<CheckResult[]> {
  const { expected, session } = subject;
  const name = `test message to ${nameOf(topic)}`;
  const stored = await storedAlarms(subject, expected.homeRegion);
  const watched = watchedByOthers(expected.deployed);
  const quiet = expected.deployed.alarms.find(
    (alarm) =>
      tells(alarm, topic) &&
      !watched.has(alarm.name) &&
      stored.has(alarm.name) &&
      stored.get(alarm.name)?.StateValue !== "ALARM",
  );
  if (quiet === undefined) {
    const reason = "every alarm of the topic is missing or in ALARM already: none can be set off";
    return [{ hop: "topic", check: name, ...unknown("nothing", reason) }];
  }
  const before = stored.get(quiet.name)?.StateValue ?? "INSUFFICIENT_DATA";
  const since = options.clock.now();
  const set = (StateValue: typeof before, StateReason: string) =>
    session.ask(NOTIFY.setState, { AlarmName: quiet.name, StateValue, StateReason }, expected.homeRegion);
  await set("ALARM", REASON);
  try {
    return await goThrough(
      [
        {
          hop: "topic",
          name,
          usual: "a few seconds",
          timeout: options.timeout ?? 2 * MINUTE,
          otherwise: {
            reason: `${quiet.name} was set to ALARM, and ran no action`,
            remedy: "look at its actions: run verify without --notify",
          },
          look: () => acted(subject, { alarm: quiet.name, since }),
        },
      ],
      options,
    );
  } finally {
    // Also when interrupted: what was changed is put back.
    await set(before, "Put back by 'trailwatch verify --notify'.");
  }
}

function tells({ actionsEnabled, alarmActions = [] }: DeployedAlarm, topic: string): boolean {
  return actionsEnabled === true && alarmActions.includes(topic);
}

/** Alarms that mean something to other alarms: one of them would open a change window. */
function watchedByOthers({ compositeAlarms = [] }: DeployedAccount): ReadonlySet<string> {
  const others = compositeAlarms.filter((alarm) => !isAnnouncement(alarm));
  return new Set(others.flatMap(({ rule }) => [...childrenOfRule(rule)]));
}
