import { ownNames } from "../../lib/naming/own-names";
import { CloudTrailClient, PutEventSelectorsCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient, DisableAlarmActionsCommand } from "@aws-sdk/client-cloudwatch";
import { createClient } from "../../lib/aws/client";
import { goesOff } from "./alarms";
import { expectedIn } from "./expected-alarm";
import type { Scenario } from "./scenario";
import type { ActorSession } from "./session";
import { READS_DETECTION } from "./watched-secret";
import { organizationTrailOf } from "../organization-trail-name";

const MEMBER = "workloads-production";

/** The actions of an intruder who disables monitoring, with the detection that must report each and its account. */
const EXPECTED = [
  [MEMBER, "alarm-changed", "disables an alarm's actions"],
  ["management", "trail-changed", "narrows the trail's event selectors"],
  ["management", "trail-stopped", "stops the trail"],
] as const;

/** An intruder disables the sensors one by one; pack guard reports each action. */
export const tamperScenario: Scenario = {
  id: "tamper",
  title: `an intruder disables an alarm in ${MEMBER}, then narrows and stops the organization's trail`,
  expectation: "An alarm reports each of the three actions, although the last one stops the trail itself.",
  expects: (organization) => EXPECTED.flatMap(([account, detection]) => expectedIn(organization, [account], detection)),
  accounts: ["management", MEMBER],
  run: async (context) => {
    const [management, member] = [context.account("management"), context.account(MEMBER)];
    await context.confirmSubscriptions();

    const begin = context.hops.length;
    await disableAlarm(
      await context.actor(member, "Developer", "mallory"),
      ownNames(context.sandbox.organization.names).alarmName(MEMBER, READS_DETECTION),
    );
    const administrator = await context.actor(management, "Administrator", "mallory");
    const trail = organizationTrailOf(context.sandbox.organization);
    await narrowTrail(administrator, trail);
    await stopTrail(administrator, trail);

    const results = await Promise.all(
      EXPECTED.map(async ([account, detection, deed]) => {
        const alarm = await context.until(goesOff(context.account(account), detection), begin);
        return { isReported: alarm !== undefined, deed, account, detection };
      }),
    );
    return {
      succeeded: results.every(({ isReported }) => isReported),
      lines: results.map(
        ({ isReported, deed, account, detection }) =>
          `The intruder ${deed}: ${isReported ? "reported" : "NOT reported"} by ${detection} in ${account}.`,
      ),
    };
  },
};

async function disableAlarm(session: ActorSession, alarm: string): Promise<void> {
  const cloudWatch = createClient(CloudWatchClient, session);
  await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm] }));
  cloudWatch.destroy();
}

/** Records write events only: reads are not recorded from then on. */
async function narrowTrail(session: ActorSession, TrailName: string): Promise<void> {
  const cloudTrail = createClient(CloudTrailClient, session);
  const FieldSelectors = [
    { Field: "eventCategory", Equals: ["Management"] },
    { Field: "readOnly", Equals: ["false"] },
  ];
  const AdvancedEventSelectors = [{ Name: "Writes", FieldSelectors }];
  await cloudTrail.send(new PutEventSelectorsCommand({ TrailName, AdvancedEventSelectors }));
  cloudTrail.destroy();
}

async function stopTrail(session: ActorSession, Name: string): Promise<void> {
  const cloudTrail = createClient(CloudTrailClient, session);
  await cloudTrail.send(new StopLoggingCommand({ Name }));
  cloudTrail.destroy();
}
