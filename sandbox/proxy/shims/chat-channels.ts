import { globalArn } from "../../../lib/aws/partitions";
import { randomUUID } from "node:crypto";
import { errorResponse } from "../aws-error";
import { CallerAccounts } from "../caller-account";
import type { AwsResponse } from "../http";
import { jsonOf, type Shim } from "../shim";

type Configuration = Readonly<Record<string, unknown>>;

/** The two kinds of chat: the part of their ARNs, and the suffix of their operations. */
const KINDS = [
  { part: "slack-channel", suffix: "SlackChannelConfiguration" },
  { part: "microsoft-teams-channel", suffix: "MicrosoftTeamsChannelConfiguration" },
] as const;

/** Stores configurations of chat channels without posting to any chat: moto has no AWS Chatbot. */
export function chatChannels(): Shim {
  const callers = new CallerAccounts();
  /** By ARN. */
  const kept = new Map<string, Configuration>();
  return {
    service: "chatbot",
    operations: [
      ...KINDS.flatMap(({ suffix }) => [`Create${suffix}`, `Update${suffix}`, `Delete${suffix}`]),
      ...["DescribeSlackChannelConfigurations", "ListMicrosoftTeamsChannelConfigurations"],
      ...["TagResource", "UntagResource"],
    ],
    why: "does not implement AWS Chatbot",
    does: "keeps the configurations, and posts to no chat",
    answer: async (request, send, call) => {
      const input = jsonOf(request);
      const { part } = KINDS.find(({ suffix }) => call.operation.includes(suffix)) ?? KINDS[0];
      if (call.operation.startsWith("Create")) {
        const account = await callers.accountOf(request, send);
        const arn = globalArn(
          call.region,
          "chatbot",
          account,
          `chat-configuration/${part}/${String(input["ConfigurationName"])}`,
        );
        if (kept.has(arn)) {
          return errorResponse(call.protocol, { code: "ConflictException", message: `${arn} already exists.` });
        }
        return keep(kept, arn, input, 201);
      }
      if (call.operation.startsWith("List")) {
        const ofTeam = [...kept.values()].filter(({ TeamId }) => TeamId !== undefined && TeamId === input["TeamId"]);
        return json({ TeamChannelConfigurations: ofTeam });
      }
      const arn = String(input["ChatConfigurationArn"] ?? input["ResourceARN"]);
      const found = kept.get(arn);
      if (found === undefined) {
        return errorResponse(call.protocol, { code: "ResourceNotFoundException", message: `${arn} does not exist.` });
      }
      if (/^(?:Tag|Untag)Resource$/.test(call.operation)) {
        kept.set(arn, { ...found, Tags: retagged(found, input) });
        return json({});
      }
      if (call.operation.startsWith("Update")) return keep(kept, arn, { ...found, ...input }, 200);
      if (call.operation.startsWith("Delete")) {
        kept.delete(arn);
        return json({}, 204);
      }
      return json({ SlackChannelConfigurations: [found] });
    },
  };
}

interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

/** The tags of a configuration after a call that sets some tags, or removes some keys. */
function retagged(found: Configuration, input: Configuration): readonly Tag[] {
  const tags = (input["Tags"] ?? []) as readonly Tag[];
  const keys = [...tags.map(({ TagKey }) => TagKey), ...((input["TagKeys"] ?? []) as readonly string[])];
  const before = (found["Tags"] ?? []) as readonly Tag[];
  return [...before.filter(({ TagKey }) => !keys.includes(TagKey)), ...tags];
}

function keep(kept: Map<string, Configuration>, arn: string, input: Configuration, status: number): AwsResponse {
  const configuration = { UserAuthorizationRequired: false, ...input, ChatConfigurationArn: arn };
  kept.set(arn, configuration);
  return json({ ChannelConfiguration: configuration }, status);
}

function json(output: object, status = 200): AwsResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID() },
    body: Buffer.from(status === 204 ? "" : JSON.stringify(output)),
  };
}
