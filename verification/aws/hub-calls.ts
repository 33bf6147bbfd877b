import { DescribeEventBusCommand } from "@aws-sdk/client-eventbridge";
import { GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { call, type Input } from "./aws-call";

/** The further calls of the checks for an organization with an alert hub. */
export const HUB_READS = {
  bus: call("events:DescribeEventBus", "event buses", (aws, input: Input<typeof DescribeEventBusCommand>) =>
    aws.events.send(new DescribeEventBusCommand(input)),
  ),
  machine: call(
    "states:DescribeStateMachine",
    "state machines",
    (aws, input: Input<typeof DescribeStateMachineCommand>) => aws.sfn.send(new DescribeStateMachineCommand(input)),
  ),
  rolePolicy: call("iam:GetRolePolicy", "roles", (aws, input: Input<typeof GetRolePolicyCommand>) =>
    aws.iam.send(new GetRolePolicyCommand(input)),
  ),
  rolePolicies: call("iam:ListRolePolicies", "roles", (aws, input: Input<typeof ListRolePoliciesCommand>) =>
    aws.iam.send(new ListRolePoliciesCommand(input)),
  ),
  attachedPolicies: call(
    "iam:ListAttachedRolePolicies",
    "roles",
    (aws, input: Input<typeof ListAttachedRolePoliciesCommand>) =>
      aws.iam.send(new ListAttachedRolePoliciesCommand(input)),
  ),
  queueUrl: call("sqs:GetQueueUrl", "queues", (aws, input: Input<typeof GetQueueUrlCommand>) =>
    aws.sqs.send(new GetQueueUrlCommand(input)),
  ),
  queue: call("sqs:GetQueueAttributes", "queues", (aws, input: Input<typeof GetQueueAttributesCommand>) =>
    aws.sqs.send(new GetQueueAttributesCommand(input)),
  ),
};
