import { arn } from "../../lib/aws/partitions";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { createHourlyCall } from "./hourly-call";

export interface HeartbeatProps {
  /** Name of the schedule and its role; the role's name identifies the heartbeat's calls. */
  readonly name: string;

  /** Name of the parameter that is written, with a leading `/`. */
  readonly parameterName: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** Region of the schedule, the parameter and the account's alarms. */
  readonly region: string;
}

/** Value of the parameter, written again each hour, so that Terraform finds no change. */
const VALUE = "beat";

/**
 * An hourly call in the account, so that an alarm goes off when calls no longer reach the alarms. EventBridge Scheduler
 * makes the call without a function in between. It offers no read calls, so the call writes a parameter that is never
 * read. That is free of charge, and Parameter Store keeps the last 100 versions.
 */
export class Heartbeat extends Construct {
  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    super(scope, id);
    const { accountId, region } = props;

    const parameter = new SsmParameter(this, "parameter", { name: props.parameterName, type: "String", value: VALUE });

    createHourlyCall(this, {
      name: props.name,
      accountId,
      region,
      description: "Trailwatch: proves each hour that calls in this account reach its alarms",
      permission: {
        name: "write-parameter",
        statement: {
          Sid: "WriteHeartbeat",
          Effect: "Allow",
          Action: "ssm:PutParameter",
          Resource: arn(region, "ssm", accountId, `parameter${props.parameterName}`),
        },
      },
      call: "ssm:putParameter",
      input: { Name: parameter.name, Value: VALUE, Type: "String", Overwrite: true },
    });
  }
}
