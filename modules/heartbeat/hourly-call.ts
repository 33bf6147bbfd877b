import { arn, arnPrefix } from "../../lib/aws/partitions";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { Construct } from "constructs";
import { OnlyPolicies } from "../only-policies";
import { policyJson, type PolicyStatement } from "../policy-document";

export interface HourlyCallProps {
  /** Name of the schedule and its role. */
  readonly name: string;

  /** What the call proves. */
  readonly description: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** Region of the schedule. */
  readonly region: string;

  /** The role's only policy. */
  readonly permission: { readonly name: string; readonly statement: PolicyStatement };

  /** The call, as in the ARN of a universal target: `ssm:putParameter`. */
  readonly call: string;

  /**
   * When the call is made, as a schedule expression in UTC.
   *
   * @default - each hour
   */
  readonly schedule?: string;

  /** Parameters of the call. */
  readonly input: object;
}

/** EventBridge Scheduler makes a call each hour or by another schedule, without a function in between. */
export function createHourlyCall(scope: Construct, props: HourlyCallProps): void {
  const { name, accountId, region, permission } = props;
  const role = new IamRole(scope, "role", {
    name,
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
            "aws:SourceArn": arn(region, "scheduler", accountId, "schedule-group/default"),
          },
        },
      },
    ]),
  });
  const policy = new IamRolePolicy(scope, "permission", {
    name: permission.name,
    role: role.id,
    policy: policyJson("role", [permission.statement]),
  });
  new OnlyPolicies(scope, "only", { role, policies: [policy] });

  new SchedulerSchedule(scope, "Resource", {
    name,
    description: props.description,
    groupName: "default",
    state: "ENABLED",
    scheduleExpression: props.schedule ?? "rate(1 hour)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: `${arnPrefix(region)}:scheduler:::aws-sdk:${props.call}`,
      roleArn: role.arn,
      input: JSON.stringify(props.input),
      // Do not retry: a late heartbeat proves nothing, and the next one comes soon.
      retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 3 },
    },
    dependsOn: [policy],
  });
}
