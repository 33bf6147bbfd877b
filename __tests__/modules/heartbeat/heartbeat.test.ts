import { Heartbeat } from "../../../modules/heartbeat/heartbeat";
import { countsOf, resourceOf, synthModule } from "../../support/synth";

const synth = () =>
  synthModule((scope) => {
    new Heartbeat(scope, "heartbeat", {
      name: "trailwatch-heartbeat",
      parameterName: "/trailwatch/heartbeat",
      accountId: "111111111111",
      region: "eu-west-1",
    });
  });

const statementOf = (policy: unknown) =>
  (JSON.parse(policy as string) as { Statement: Record<string, unknown>[] }).Statement;

test("runs once an hour, without a flexible time window", () => {
  expect(resourceOf(synth(), "aws_scheduler_schedule")).toMatchObject({
    name: "trailwatch-heartbeat",
    schedule_expression: "rate(1 hour)",
    flexible_time_window: { mode: "OFF" },
  });
});

test("writes the value that Terraform knows, with no function in between", () => {
  const { target } = resourceOf(synth(), "aws_scheduler_schedule") as { target: Record<string, string> };
  expect(target.arn).toBe("arn:aws:scheduler:::aws-sdk:ssm:putParameter");

  const parameter = resourceOf(synth(), "aws_ssm_parameter");
  expect(parameter).toMatchObject({ name: "/trailwatch/heartbeat", type: "String" });
  expect(JSON.parse(target.input ?? "")).toEqual({
    Name: expect.stringMatching(/^\$\{aws_ssm_parameter\.\w+\.name\}$/) as string,
    Value: parameter.value,
    Type: "String",
    Overwrite: true,
  });
});

test("does not repeat missed heartbeats", () => {
  expect(resourceOf(synth(), "aws_scheduler_schedule")).toMatchObject({
    target: { retry_policy: { maximum_event_age_in_seconds: 900, maximum_retry_attempts: 3 } },
  });
});

test("may write this parameter and nothing else", () => {
  expect(statementOf(resourceOf(synth(), "aws_iam_role_policy").policy)).toEqual([
    {
      Sid: "WriteHeartbeat",
      Effect: "Allow",
      Action: "ssm:PutParameter",
      Resource: "arn:aws:ssm:eu-west-1:111111111111:parameter/trailwatch/heartbeat",
    },
  ]);
});

test("only EventBridge Scheduler may take the role, for schedules of this account and region", () => {
  const role = resourceOf(synth(), "aws_iam_role");
  expect(role.name).toBe("trailwatch-heartbeat");
  expect(statementOf(role.assume_role_policy)).toEqual([
    {
      Sid: "SchedulerAssume",
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: {
          "aws:SourceAccount": "111111111111",
          "aws:SourceArn": "arn:aws:scheduler:eu-west-1:111111111111:schedule-group/default",
        },
      },
    },
  ]);
});

test("the schedule waits for its permission", () => {
  expect(resourceOf(synth(), "aws_scheduler_schedule").depends_on).toEqual([
    expect.stringMatching(/^aws_iam_role_policy\./),
  ]);
});

test("nothing else is created", () => {
  expect(countsOf(synth())).toEqual({
    aws_ssm_parameter: 1,
    aws_iam_role: 1,
    aws_iam_role_policies_exclusive: 1,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachments_exclusive: 1,
    aws_scheduler_schedule: 1,
  });
});
