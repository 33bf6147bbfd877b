import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

export interface HeartbeatProps {
  /** Name of the schedule and its role; by the role's name the heartbeat's calls are told from all others. */
  readonly name: string;

  /** Name of the parameter that is written, with a leading `/`. */
  readonly parameterName: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** Region of schedule and parameter, where the account's alarms are too. */
  readonly region: string;
}

/** What stands in the parameter and is written to it again each hour, so that Terraform finds nothing changed. */
const VALUE = "beat";

/**
 * A call in the account each hour, so that somebody notices when calls no longer reach the alarms. EventBridge Scheduler
 * makes it without a function in between; it offers no read calls, so a parameter is written that nobody reads. That is
 * free of charge, and Parameter Store keeps the last 100 versions.
 */
export class Heartbeat extends Construct {
  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    super(scope, id);
    const { accountId, region } = props;

    const parameter = new SsmParameter(this, "parameter", { name: props.parameterName, type: "String", value: VALUE });

    const role = new IamRole(this, "role", {
      name: props.name,
      assumeRolePolicy: policyJson("trust", [
        {
          Sid: "SchedulerAssume",
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": accountId,
              // Scheduler names the group, never the single schedule (User Guide, "Confused deputy prevention").
              "aws:SourceArn": `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
            },
          },
        },
      ]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "write-parameter",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "WriteHeartbeat",
          Effect: "Allow",
          Action: "ssm:PutParameter",
          Resource: `arn:aws:ssm:${region}:${accountId}:parameter${props.parameterName}`,
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    new SchedulerSchedule(this, "Resource", {
      name: props.name,
      description: "Trailwatch: proves each hour that calls in this account reach its alarms",
      groupName: "default",
      state: "ENABLED",
      scheduleExpression: "rate(1 hour)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:ssm:putParameter",
        roleArn: role.arn,
        input: JSON.stringify({ Name: parameter.name, Value: VALUE, Type: "String", Overwrite: true }),
        // A heartbeat that is late proves nothing: the next one comes soon.
        retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 3 },
      },
      dependsOn: [permission],
    });
  }
}
