import { arn, globalArn } from "../../lib/aws/partitions";
import type { PathResource } from "../path-resource";
import { calls, type WeakeningCall } from "./call";

const machineArn = ({ region, account, text }: PathResource): string =>
  arn(region, "states", account, `stateMachine:${text("name")}`);

export const BUS_ATTACKS: readonly WeakeningCall[] = [
  ...calls("events", ["DeleteEventBus", "UpdateEventBus"], {
    parameters: ({ text }) => ({ name: text("name") }),
    effect: "stops the bus",
  }),
  ...calls("events", ["PutPermission", "RemovePermission"], {
    parameters: ({ text }) => ({ eventBusName: text("name"), statementId: "AllowOrganization" }),
    effect: "changes which accounts the bus admits",
  }),
];

export const STATE_MACHINE_ATTACKS: readonly WeakeningCall[] = [
  ...calls("states", ["UpdateStateMachine", "DeleteStateMachine"], {
    parameters: (machine) => ({ stateMachineArn: machineArn(machine) }),
    effect: "stops or changes the messages",
  }),
  ...calls("states", ["StopExecution"], {
    parameters: ({ region, account, text }) => ({
      executionArn: arn(region, "states", account, `execution:${text("name")}:0a1b2c3d`),
    }),
    effect: "stops one message",
    cuts: false,
  }),
  ...calls("states", ["StartExecution"], {
    parameters: (machine) => ({ stateMachineArn: machineArn(machine), input: "{}" }),
    effect: "sends a forged message",
    cuts: false,
  }),
  ...calls("states", ["TagResource", "UntagResource"], {
    parameters: (machine) => ({ resourceArn: machineArn(machine) }),
    effect: "changes tags that permissions may depend on",
    cuts: false,
  }),
];

const queueUrl = ({ region, account, text }: PathResource): { queueUrl: string } => ({
  queueUrl: `https://sqs.${region}.amazonaws.com/${account}/${text("name")}`,
});

export const QUEUE_ATTACKS: readonly WeakeningCall[] = [
  ...calls("sqs", ["PurgeQueue", "DeleteQueue", "SetQueueAttributes", "AddPermission", "RemovePermission"], {
    parameters: queueUrl,
    effect: "loses what could not be delivered, and the alarm on it",
    cuts: false,
  }),
  {
    service: "sqs",
    operation: "DeleteMessage",
    parameters: queueUrl,
    effect: "deletes a message that was kept or could not be delivered",
    cuts: false,
    isDataEvent: true,
  },
];

export const SLACK_ATTACKS: readonly WeakeningCall[] = [
  ...calls("chatbot", ["DeleteSlackChannelConfiguration", "UpdateSlackChannelConfiguration"], {
    parameters: ({ account, region, text }) => ({
      chatConfigurationArn: globalArn(
        region,
        "chatbot",
        account,
        `chat-configuration/slack-channel/${text("configuration_name")}`,
      ),
    }),
    effect: "stops the messages in chat",
    cuts: false,
  }),
  ...calls("chatbot", ["DeleteSlackWorkspaceAuthorization"], {
    parameters: ({ text }) => ({ slackTeamId: text("slack_team_id") }),
    effect: "stops the messages in every channel of the workspace",
    cuts: false,
  }),
];

export const TEAMS_ATTACKS: readonly WeakeningCall[] = [
  ...calls("chatbot", ["DeleteMicrosoftTeamsChannelConfiguration", "UpdateMicrosoftTeamsChannelConfiguration"], {
    parameters: ({ account, region, text }) => ({
      chatConfigurationArn: globalArn(
        region,
        "chatbot",
        account,
        `chat-configuration/microsoft-teams-channel/${text("configuration_name")}`,
      ),
    }),
    effect: "stops the messages in chat",
    cuts: false,
  }),
  ...calls("chatbot", ["DeleteMicrosoftTeamsConfiguredTeam"], {
    parameters: ({ text }) => ({ teamId: text("team_id") }),
    effect: "stops the messages in every channel of the team",
    cuts: false,
  }),
];

export const CONNECTION_ATTACKS: readonly WeakeningCall[] = calls(
  "events",
  ["UpdateConnection", "DeauthorizeConnection", "DeleteConnection"],
  {
    parameters: ({ text }) => ({ name: text("name") }),
    effect: "stops the messages to a webhook, which has no valid secret any more",
    cuts: false,
  },
);

export const API_DESTINATION_ATTACKS: readonly WeakeningCall[] = calls(
  "events",
  ["UpdateApiDestination", "DeleteApiDestination"],
  {
    parameters: ({ text }) => ({ name: text("name") }),
    effect: "stops the messages to a webhook, or sends them and its secret elsewhere",
    cuts: false,
  },
);
