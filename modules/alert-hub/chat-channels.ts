import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { CHAT_KINDS, type ChatKind } from "../../lib/naming/chat-kinds";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

/** Where a Slack channel is. */
export interface SlackChannel {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Where a channel of Microsoft Teams is. */
export interface TeamsChannel {
  readonly tenantId: string;
  readonly teamId: string;
  readonly channelId: string;
}

/** Where the channel of each chat is. */
interface Channels extends Record<ChatKind, unknown> {
  readonly slack: SlackChannel;
  readonly teams: TeamsChannel;
}

/** Channels of chats; of each chat, one or none. */
export type ChatSettings = { readonly [Kind in ChatKind]?: Channels[Kind] | undefined };

export interface ChatChannelsProps {
  /** Name of the channels' configurations; their role is `<name>-chat`. */
  readonly name: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** ARN of the topic whose messages the channels show. */
  readonly topicArn: string;

  /** The channels. */
  readonly channels: ChatSettings;
}

/** Whatever a person types in the channel, it is denied: the channel shows, and does nothing. */
const GUARDRAIL = "arn:aws:iam::aws:policy/AWSDenyAll";

/** Channels of Slack and Teams that show a topic's messages, by Amazon Q Developer in chat applications. */
export class ChatChannels extends Construct {
  constructor(scope: Construct, id: string, props: ChatChannelsProps) {
    super(scope, id);
    const { name, channels } = props;

    // Without any policy: to show messages needs none.
    const role = new IamRole(this, "role", {
      // The state machine's role is in the same account and has the name itself.
      name: `${name}-chat`,
      assumeRolePolicy: policyJson("trust", [
        {
          Sid: "ChatAssume",
          Effect: "Allow",
          Principal: { Service: "chatbot.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": props.accountId } },
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [] });
    const common = {
      iamRoleArn: role.arn,
      snsTopicArns: [props.topicArn],
      guardrailPolicyArns: [GUARDRAIL],
      loggingLevel: "ERROR",
    };
    for (const kind of CHAT_KINDS) this.createChannel(kind, channels[kind], { name, common });
  }

  private createChannel<Kind extends ChatKind>(
    kind: Kind,
    channel: Channels[Kind] | undefined,
    { name, common }: { readonly name: string; readonly common: Common },
  ): void {
    if (channel === undefined) return;
    const { nameSuffix, create }: Chat<Kind> = CHATS[kind];
    create(this, { ...common, configurationName: `${name}${nameSuffix}` }, channel);
  }
}

/** What the channels of all chats have in common. */
interface Common {
  readonly iamRoleArn: string;
  readonly snsTopicArns: string[];
  readonly guardrailPolicyArns: string[];
  readonly loggingLevel: string;
}

interface Chat<Kind extends ChatKind> {
  /** Names of configurations are unique in an account. */
  readonly nameSuffix: string;
  readonly create: (
    scope: Construct,
    common: Common & { readonly configurationName: string },
    channel: Channels[Kind],
  ) => void;
}

const CHATS: { readonly [Kind in ChatKind]: Chat<Kind> } = {
  slack: {
    nameSuffix: "",
    create: (scope, common, { workspaceId, channelId }) => {
      new ChatbotSlackChannelConfiguration(scope, "slack", {
        ...common,
        slackTeamId: workspaceId,
        slackChannelId: channelId,
      });
    },
  },
  teams: {
    nameSuffix: "-teams",
    create: (scope, common, { tenantId, teamId, channelId }) => {
      new ChatbotTeamsChannelConfiguration(scope, "teams", { ...common, tenantId, teamId, channelId });
    },
  },
};
