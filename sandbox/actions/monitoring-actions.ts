import { ownNames } from "../../lib/naming/own-names";
import { StartLoggingCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import {
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  DeleteMetricFilterCommand,
  DescribeMetricFiltersCommand,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DisableRuleCommand, ListRulesCommand, PutRuleCommand, type Rule } from "@aws-sdk/client-eventbridge";
import { organizationTrailOf } from "../organization-trail-name";
import type { SandboxAction } from "./action";
import { found, inManagement, inMember } from "./targets";

const MALLORY = { role: "Administrator", session: "mallory" };

/** An intruder turns off parts of the monitoring. */
export const MONITORING_ACTIONS: readonly SandboxAction[] = [
  {
    id: "stop-trail",
    title: "Stop the organization's trail",
    actor: MALLORY,
    call: "cloudtrail:StopLogging",
    expects: inManagement("trail-stopped"),
    run: async ({ cloudTrail }, { organization }) => {
      const trail = { Name: organizationTrailOf(organization) };
      await cloudTrail.send(new StopLoggingCommand(trail));
      return {
        title: "Start the trail again",
        run: (clients) => clients.cloudTrail.send(new StartLoggingCommand(trail)),
      };
    },
  },
  {
    id: "disable-alarm",
    title: "Disable an alarm's actions",
    actor: MALLORY,
    call: "cloudwatch:DisableAlarmActions",
    expects: inMember("alarm-changed"),
    run: async ({ cloudWatch }, { account, organization }) => {
      const AlarmNamePrefix = ownNames(organization.names).alarmPrefix(account.name);
      const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
      // Not the alarm that reports it.
      const alarm = MetricAlarms.find(
        ({ AlarmName, ActionsEnabled }) => ActionsEnabled === true && AlarmName?.endsWith("alarm-changed") === false,
      )?.AlarmName;
      const AlarmNames = [found(alarm, `${account.name} has no alarm with enabled actions`)];
      await cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames }));
      return {
        title: "Enable them again",
        run: (clients) => clients.cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames })),
      };
    },
  },
  {
    id: "delete-filter",
    title: "Delete a metric filter",
    actor: MALLORY,
    call: "logs:DeleteMetricFilter",
    expects: inMember("log-group-changed"),
    run: async ({ logs }, { account, organization }) => {
      const { metricFilters = [] } = await logs.send(
        new DescribeMetricFiltersCommand({ filterNamePrefix: ownNames(organization.names).prefix }),
      );
      const filter = found(metricFilters[0], `${account.name} has no metric filter of Trailwatch`);
      const { logGroupName, filterName, filterPattern, metricTransformations } = filter;
      await logs.send(new DeleteMetricFilterCommand({ logGroupName, filterName }));
      const again = { logGroupName, filterName, filterPattern, metricTransformations };
      return {
        title: "Put the filter again",
        run: (clients) => clients.logs.send(new PutMetricFilterCommand(again)),
      };
    },
  },
  {
    id: "disable-rule",
    title: "Disable the rule that delivers reads of secrets",
    actor: MALLORY,
    call: "events:DisableRule",
    expects: inMember("event-rule-changed", "event-bus"),
    run: async ({ events }, { account, organization }) => {
      const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: ownNames(organization.names).name }));
      const { Name, EventPattern, State, Description } = found(
        rulesOfReads(Rules)[0],
        `${account.name} has no rule for events of Secrets Manager`,
      );
      await events.send(new DisableRuleCommand({ Name }));
      return {
        title: "Enable the rule again",
        // EnableRule would leave out read-only events, and with them the reads.
        run: (clients) => clients.events.send(new PutRuleCommand({ Name, EventPattern, State, Description })),
      };
    },
  },
];

/** Rules for reads of secrets, those that name the call first: others may be for further calls of Secrets Manager. */
function rulesOfReads(rules: readonly Rule[]): Rule[] {
  const naming = (text: string) => rules.filter(({ EventPattern = "" }) => EventPattern.includes(text));
  return [...naming("GetSecretValue"), ...naming("secretsmanager")];
}
