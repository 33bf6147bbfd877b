import { globalArn } from "../../lib/aws/partitions";
import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { CHAT_KINDS, type ChatKind } from "../../lib/naming/chat-kinds";
import { hubChatRole } from "../../lib/naming/role-names";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

/** The Slack channel. */
export interface SlackChannel {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** The Microsoft Teams channel. */
export interface TeamsChannel {
  readonly tenantId: string;
  readonly teamId: string;
  readonly channelId: string;
}

/** The channel of each chat service. */
interface Channels extends Record<ChatKind, unknown> {
  readonly slack: SlackChannel;
  readonly teams: TeamsChannel;
}

/** Chat channels: at most one for each service. */
export type ChatSettings = { readonly [Kind in ChatKind]?: Channels[Kind] | undefined };

export interface ChatChannelsProps {
  /** Name of the channels' configurations; their role is `<name>-chat`. */
  readonly name: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** ARN of the topic whose messages the channels show. */
  readonly topicArn: string;

  /** The channels. */
  readonly channels: ChatSettings;
}

/** Guardrail: every command from the channel is denied. The channel only shows messages. */
const GUARDRAIL = "policy/AWSDenyAll";

/** Slack and Teams channels that show a topic's messages, by Amazon Q Developer in chat applications. */
export class ChatChannels extends Construct {
  constructor(scope: Construct, id: string, props: ChatChannelsProps) {
    super(scope, id);
    const { name, channels } = props;

    // Without any policy: showing messages needs no permissions.
    const role = new IamRole(this, "role", {
      name: hubChatRole(name),
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
      guardrailPolicyArns: [globalArn(props.region, "iam", "aws", GUARDRAIL)],
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

/** Settings that the channels of all chat services share. */
interface Common {
  readonly iamRoleArn: string;
  readonly snsTopicArns: string[];
  readonly guardrailPolicyArns: string[];
  readonly loggingLevel: string;
}

interface Chat<Kind extends ChatKind> {
  /** Configuration names are unique within an account. */
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
