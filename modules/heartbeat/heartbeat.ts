import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

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
              // Scheduler uses the ARN of the group, never of the single schedule (User Guide, "Confused deputy
              // prevention").
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
        // Do not retry: a late heartbeat proves nothing, and the next one comes soon.
        retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 3 },
      },
      dependsOn: [permission],
    });
  }
}
