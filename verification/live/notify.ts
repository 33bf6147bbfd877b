import { type AlarmActions, childrenOfRule, isWrapperAlarm, type DeployedAccount } from "../../signals";
import { NOTIFY } from "../aws/calls";
import { Unanswered } from "../aws/unanswered";
import { storedAlarms } from "../checks/alarms";
import { storedCompositeAlarms } from "../checks/composite-alarms";
import type { Subject } from "../checks/check";
import { alarmTopics, topicNameOf } from "../checks/topics";
import { unansweredFinding, unknown, type CheckResult } from "../result";
import { acted } from "./alarm-history";
import { goThrough, type StepOptions } from "./step";

const MINUTE = 60_000;
const REASON = "A test by 'trailwatch verify --notify': nothing happened.";

export interface NotifyOptions extends StepOptions {
  /**
   * How long to wait for an action, in milliseconds.
   *
   * @default - two minutes
   */
  readonly timeout?: number;
}

/** Sends a test message to each topic, by setting an alarm to ALARM and back. */
export async function proveNotification(subject: Subject, options: NotifyOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { arn } of alarmTopics(subject.expected)) {
    const check = { hop: "topic", check: `test message to ${topicNameOf(arn)}` } as const;
    try {
      results.push(...(await test(subject, arn, options)));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      results.push({ ...check, ...unansweredFinding(error) });
    }
  }
  return results;
}

async function test(subject: Subject, topic: string, options: NotifyOptions): Promise<CheckResult[]> {
  const { expected, session } = subject;
  const name = `test message to ${topicNameOf(topic)}`;
  const possible = (await setOffable(subject)).filter((alarm) => alarm.alarmActions?.includes(topic));
  // Others would also send their recovery.
  const quiet = possible.find(({ okActions = [] }) => okActions.length === 0) ?? possible[0];
  if (quiet === undefined) {
    const reason = "every alarm of the topic is missing or in ALARM already: none can be triggered";
    return [{ hop: "topic", check: name, ...unknown("nothing", reason) }];
  }
  const { isComposite, state: before } = quiet;
  const since = options.clock.now();
  const set = (StateValue: "ALARM" | typeof before, StateReason: string) =>
    session.query(NOTIFY.setState, { AlarmName: quiet.name, StateValue, StateReason }, expected.homeRegion);
  await set("ALARM", REASON);
  try {
    return await goThrough(
      [
        {
          hop: "topic",
          name,
          usual: isComposite ? "up to a minute, as it waits for its change window" : "a few seconds",
          timeout: options.timeout ?? 2 * MINUTE,
          otherwise: {
            reason: `${quiet.name} was set to ALARM, but ran no action`,
            remedy: isComposite
              ? "it runs none in a change window; otherwise check its actions: run verify without --notify"
              : "check its actions: run verify without --notify",
          },
          look: () => acted(subject, { alarm: quiet.name, since, isComposite }),
        },
      ],
      options,
    );
  } finally {
    // Also when interrupted: restore the state.
    await set(before, "Put back by 'trailwatch verify --notify'.");
  }
}

/** An alarm with the state to restore. */
interface SetOffable extends AlarmActions {
  readonly name: string;
  readonly isComposite: boolean;
  readonly state: "OK" | "INSUFFICIENT_DATA";
}

/** Alarms that run their actions when they are set to ALARM. Alarms already in ALARM are left alone. */
async function setOffable(subject: Subject): Promise<readonly SetOffable[]> {
  const { deployed, homeRegion } = subject.expected;
  const { alarms, compositeAlarms = [] } = deployed;
  const metric = await storedAlarms(subject, homeRegion);
  const composite = compositeAlarms.length === 0 ? new Map() : await storedCompositeAlarms(subject);
  const stored: ReadonlyMap<string | undefined, { readonly StateValue?: string | undefined }> = new Map([
    ...metric,
    ...composite,
  ]);
  const watched = watchedByOthers(deployed);
  return [
    ...alarms.map((alarm) => ({ ...alarm, isComposite: false })),
    ...compositeAlarms.map((alarm) => ({ ...alarm, isComposite: true })),
  ].flatMap((alarm) => {
    const found = stored.get(alarm.name);
    if (alarm.actionsEnabled !== true || watched.has(alarm.name)) return [];
    if (found === undefined || found.StateValue === "ALARM") return [];
    return [{ ...alarm, state: found.StateValue === "OK" ? "OK" : "INSUFFICIENT_DATA" }];
  });
}

/** Alarms that other alarms use: one of them would open a change window. */
function watchedByOthers({ compositeAlarms = [] }: DeployedAccount): ReadonlySet<string> {
  const others = compositeAlarms.filter((alarm) => !isWrapperAlarm(alarm));
  return new Set(others.flatMap(({ rule }) => [...childrenOfRule(rule)]));
}
