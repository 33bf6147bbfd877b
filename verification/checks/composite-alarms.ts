import { ownNames } from "../../lib/naming/own-names";
import { counted } from "../../lib/support/counted";
import type { CompositeAlarm } from "@aws-sdk/client-cloudwatch";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import { failed, proven, type Finding } from "../result";
import { otherActions } from "./alarms";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";
import { listed } from "./problems";

/**
 * Whether composite alarms notify as synthesized: where change windows suppress alarms, only composite alarms notify.
 */
export const compositeAlarmCheck: Check = { hop: "alarm", name: "composite alarms act", run: act };

/** The account's composite alarms in AWS, by name. */
export async function storedCompositeAlarms(subject: Subject): Promise<ReadonlyMap<string, CompositeAlarm>> {
  const { session, account, organization, expected } = subject;
  const stored = await pages(
    (NextToken) =>
      session.query(
        READS.alarms,
        {
          AlarmNamePrefix: ownNames(organization.names).alarmPrefix(account.name),
          AlarmTypes: ["CompositeAlarm"],
          NextToken,
        },
        expected.homeRegion,
      ),
    (answer) => ({ items: answer.CompositeAlarms, next: answer.NextToken }),
  );
  return new Map((stored ?? []).map((alarm) => [alarm.AlarmName ?? "", alarm]));
}

async function act(subject: Subject): Promise<Finding> {
  const { compositeAlarms = [] } = subject.expected.deployed;
  const byName = await storedCompositeAlarms(subject);
  const problems = compositeAlarms.flatMap(({ name, rule, isSuppressible, actionsEnabled, ...actions }) => {
    const found = byName.get(name);
    if (found === undefined) return [`${name} is missing`];
    if (found.AlarmRule !== rule) return [`${name} has another rule`];
    if (actionsEnabled === true && found.ActionsEnabled !== true) return [`actions of ${name} are off`];
    const suppressor = found.ActionsSuppressor?.split(":").at(-1);
    const isOurs = isSuppressible === true && compositeAlarms.some((alarm) => alarm.name === suppressor);
    if (suppressor !== undefined && !isOurs) return [`${name} is suppressed by ${suppressor}`];
    const { alarmActions = [], okActions = [] } = actions;
    const missing = alarmActions.filter((arn) => found.AlarmActions?.includes(arn) !== true);
    if (missing.length > 0) return [`${name} does not notify ${missing.join(", ")}`];
    const unrecovered = okActions.filter((arn) => found.OKActions?.includes(arn) !== true);
    if (unrecovered.length > 0) return [`${name} does not notify ${unrecovered.join(", ")} when it recovers`];
    const others = otherActions(found, alarmActions);
    return others.length === 0 ? [] : [`${name} also calls ${others.join(", ")}`];
  });
  return problems.length === 0
    ? proven(`${counted(compositeAlarms.length, "composite alarm")} as synthesized`)
    : failed(
        listed(problems),
        "the alarm may notify no topic, or have actions that accounts/ does not configure",
        redeploy(monitoringStack(subject)),
      );
}
