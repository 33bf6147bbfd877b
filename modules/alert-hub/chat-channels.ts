import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
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

export interface ChatChannelsProps {
  /** Name of the channels' configurations; their role is `<name>-chat`. */
  readonly name: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;

  /** ARN of the topic whose messages the channels show. */
  readonly topicArn: string;

  /** @default - none */
  readonly slack?: SlackChannel | undefined;

  /** @default - none */
  readonly teams?: TeamsChannel | undefined;
}

/** Whatever a person types in the channel, it is denied: the channel shows, and does nothing. */
const GUARDRAIL = "arn:aws:iam::aws:policy/AWSDenyAll";

/** Channels of Slack and Teams that show a topic's messages, by Amazon Q Developer in chat applications. */
export class ChatChannels extends Construct {
  constructor(scope: Construct, id: string, props: ChatChannelsProps) {
    super(scope, id);
    const { name, slack, teams } = props;

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
      configurationName: name,
      iamRoleArn: role.arn,
      snsTopicArns: [props.topicArn],
      guardrailPolicyArns: [GUARDRAIL],
      loggingLevel: "ERROR",
    };
    if (slack !== undefined) {
      new ChatbotSlackChannelConfiguration(this, "slack", {
        ...common,
        slackTeamId: slack.workspaceId,
        slackChannelId: slack.channelId,
      });
    }
    if (teams !== undefined) {
      new ChatbotTeamsChannelConfiguration(this, "teams", {
        ...common,
        configurationName: `${name}-teams`,
        tenantId: teams.tenantId,
        teamId: teams.teamId,
        channelId: teams.channelId,
      });
    }
  }
}
