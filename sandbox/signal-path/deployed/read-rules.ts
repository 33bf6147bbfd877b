import { ListRulesCommand, ListTargetsByRuleCommand, type Rule, type Target } from "@aws-sdk/client-eventbridge";
import type { DeployedRule } from "../../../signals";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { LiveRule, RuleNotice } from "./deployed-account";
import { logGroupOf } from "./log-group-arn";

/** The rules of the default bus that have a pattern. */
export async function readRules({ events }: ServiceClients, region: string): Promise<LiveRule[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ NextToken }));
    rules.push(...(page.Rules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);

  const read = rules.map(async ({ Name = "", Arn: arn = "", EventPattern, State }) => {
    if (EventPattern === undefined) return [];
    const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
    const arns = Targets.map(({ Arn = "" }) => Arn);
    const notices = Targets.flatMap(noticeOf);
    return [
      {
        arn,
        name: Name,
        region,
        pattern: EventPattern,
        state: stateOf(State),
        logGroups: arns.flatMap((arn) => logGroupOf(arn) ?? []),
        forwardsTo: arns.flatMap((arn) => /^arn:[^:]+:events:([^:]+):\d+:event-bus\/default$/.exec(arn)?.[1] ?? []),
        notices,
        ...(notices.length === 0 ? {} : { topics: notices.map(({ topicArn }) => topicArn) }),
      },
    ];
  });
  return (await Promise.all(read)).flat();
}

function stateOf(state: string | undefined): DeployedRule["state"] {
  return state === "DISABLED" || state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" ? state : "ENABLED";
}

function noticeOf({ Arn: topicArn = "", InputTransformer }: Target): RuleNotice[] {
  if (!/^arn:[^:]+:sns:/.test(topicArn)) return [];
  return [{ topicArn, paths: InputTransformer?.InputPathsMap ?? {}, template: InputTransformer?.InputTemplate }];
}
