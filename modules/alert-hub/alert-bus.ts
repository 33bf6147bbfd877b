import { arn } from "../../lib/aws/partitions";
import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import { Construct } from "constructs";
import { policyJson } from "../policy-document";

export interface AlertBusProps {
  /** Name of the event bus. */
  readonly name: string;

  /** The 12-digit id of the account that owns it. */
  readonly accountId: string;

  /** Region of the bus. */
  readonly region: string;

  /** Id of the organization, `o-...`: all other principals are refused. */
  readonly organizationId: string;
}

/**
 * The event bus that alarms of all accounts arrive on. It admits only identities of the organization, so that an
 * account that joins or leaves changes nothing here.
 *
 * No condition on the source is needed: only AWS may send events whose source begins with `aws.`, so an alarm's event
 * comes from CloudWatch (EventBridge API, PutEventsRequestEntry).
 */
export class AlertBus extends Construct {
  /** Name of the bus; a reference to it depends on the bus. */
  public readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertBusProps,
  ) {
    super(scope, id);
    const bus = new CloudwatchEventBus(this, "Resource", { name: props.name });
    new CloudwatchEventBusPolicy(this, "policy", {
      eventBusName: bus.name,
      policy: policyJson("bus", [
        {
          Sid: "AllowOrganization",
          Effect: "Allow",
          Principal: "*",
          Action: "events:PutEvents",
          Resource: arn(props.region, "events", props.accountId, `event-bus/${props.name}`),
          Condition: { StringEquals: { "aws:PrincipalOrgID": props.organizationId } },
        },
      ]),
    });
    this.name = bus.name;
  }

  /** ARN of a rule of this bus, computed before the rule exists. */
  public ruleArn(rule: string): string {
    const { region, accountId, name } = this.props;
    return arn(region, "events", accountId, `rule/${name}/${rule}`);
  }
}
