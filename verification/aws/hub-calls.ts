import {
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  DescribeEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { DescribeStateMachineCommand, GetExecutionHistoryCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { awsCall, type Input } from "./aws-call";

/** The further calls of the checks for an organization with an alert hub. */
export const HUB_READS = {
  bus: awsCall("events:DescribeEventBus", "event buses", (aws, input: Input<typeof DescribeEventBusCommand>) =>
    aws.events.send(new DescribeEventBusCommand(input)),
  ),
  machine: awsCall(
    "states:DescribeStateMachine",
    "state machines",
    (aws, input: Input<typeof DescribeStateMachineCommand>) => aws.sfn.send(new DescribeStateMachineCommand(input)),
  ),
  role: awsCall("iam:GetRole", "roles", (aws, input: Input<typeof GetRoleCommand>) =>
    aws.iam.send(new GetRoleCommand(input)),
  ),
  rolePolicy: awsCall("iam:GetRolePolicy", "roles", (aws, input: Input<typeof GetRolePolicyCommand>) =>
    aws.iam.send(new GetRolePolicyCommand(input)),
  ),
  rolePolicies: awsCall("iam:ListRolePolicies", "roles", (aws, input: Input<typeof ListRolePoliciesCommand>) =>
    aws.iam.send(new ListRolePoliciesCommand(input)),
  ),
  attachedPolicies: awsCall(
    "iam:ListAttachedRolePolicies",
    "roles",
    (aws, input: Input<typeof ListAttachedRolePoliciesCommand>) =>
      aws.iam.send(new ListAttachedRolePoliciesCommand(input)),
  ),
  queueUrl: awsCall("sqs:GetQueueUrl", "queues", (aws, input: Input<typeof GetQueueUrlCommand>) =>
    aws.sqs.send(new GetQueueUrlCommand(input)),
  ),
  queue: awsCall("sqs:GetQueueAttributes", "queues", (aws, input: Input<typeof GetQueueAttributesCommand>) =>
    aws.sqs.send(new GetQueueAttributesCommand(input)),
  ),
};

/** The further calls for an alert hub with webhooks. None of them returns a secret. */
export const WEBHOOK_READS = {
  connection: awsCall(
    "events:DescribeConnection",
    "connections",
    (aws, input: Input<typeof DescribeConnectionCommand>) => aws.events.send(new DescribeConnectionCommand(input)),
  ),
  destination: awsCall(
    "events:DescribeApiDestination",
    "API destinations",
    (aws, input: Input<typeof DescribeApiDestinationCommand>) =>
      aws.events.send(new DescribeApiDestinationCommand(input)),
  ),
};

/** The further calls of `--live` for an organization with an alert hub. */
export const HUB_LIVE = {
  executions: awsCall("states:ListExecutions", "state machines", (aws, input: Input<typeof ListExecutionsCommand>) =>
    aws.sfn.send(new ListExecutionsCommand(input)),
  ),
  execution: awsCall(
    "states:GetExecutionHistory",
    "executions",
    (aws, input: Input<typeof GetExecutionHistoryCommand>) => aws.sfn.send(new GetExecutionHistoryCommand(input)),
  ),
};

/** The further calls for an alert hub with a digest. */
export const DIGEST_READS = {
  ...HUB_LIVE,
  schedule: awsCall("scheduler:GetSchedule", "schedules", (aws, input: Input<typeof GetScheduleCommand>) =>
    aws.scheduler.send(new GetScheduleCommand(input)),
  ),
};
