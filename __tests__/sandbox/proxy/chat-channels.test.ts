import { identify } from "../../../sandbox/proxy/identify";
import { chatChannels } from "../../../sandbox/proxy/shims/chat-channels";
import { answer, signed } from "./requests";

const IDENTITY = answer("<GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult>");
const ARN = "arn:aws:chatbot::111111111111:chat-configuration";

/** Calls as Terraform's provider makes them. */
function chatbot() {
  const shim = chatChannels();
  return async (path: string, input: object) => {
    const request = signed({ service: "chatbot", url: path, body: JSON.stringify(input) });
    const call = identify(request);
    expect(shim.operations).toContain(call.operation);
    const response = await shim.answer(request, () => Promise.resolve(IDENTITY), call);
    const body: unknown = JSON.parse(response.body.toString() || "null");
    return { status: response.status, type: response.headers["x-amzn-errortype"], body };
  };
}

test.each([
  ["slack", "slack-channel", "describe-slack-channel-configurations"],
  ["ms-teams", "microsoft-teams-channel", "list-ms-teams-channel-configurations"],
])("a channel of %s is kept until it is deleted", async (kind, part, read) => {
  const call = chatbot();
  const ChatConfigurationArn = `${ARN}/${part}/hub`;
  const path = (verb: string): string => `/${verb}-${kind}-channel-configuration`;
  const kept = { ConfigurationName: "hub", LoggingLevel: "ERROR", TeamId: "team" };

  expect(await call(path("create"), kept)).toMatchObject({
    status: 201,
    body: { ChannelConfiguration: { ...kept, ChatConfigurationArn } },
  });
  expect(await call(path("create"), kept)).toMatchObject({ status: 400, type: "ConflictException" });
  await call(path("update"), { ChatConfigurationArn, LoggingLevel: "INFO" });
  const found = async () => JSON.stringify((await call(`/${read}`, { ChatConfigurationArn, TeamId: "team" })).body);
  expect(await found()).toContain('"LoggingLevel":"INFO"');
  expect(await call(path("delete"), { ChatConfigurationArn })).toMatchObject({ status: 204 });
  expect(await found()).not.toContain("INFO");
});

test("tags are set and removed one by one", async () => {
  const call = chatbot();
  const ResourceARN = `${ARN}/slack-channel/hub`;
  const tag = (TagKey: string, TagValue: string) => ({ TagKey, TagValue });
  const Tags = [tag("owner", "security"), tag("stage", "test")];
  await call("/create-slack-channel-configuration", { ConfigurationName: "hub", Tags });
  await call("/tag-resource", { ResourceARN, Tags: [tag("owner", "platform")] });
  await call("/untag-resource", { ResourceARN, TagKeys: ["stage"] });
  const { body } = await call("/describe-slack-channel-configurations", { ChatConfigurationArn: ResourceARN });
  expect(body).toMatchObject({ SlackChannelConfigurations: [{ Tags: [tag("owner", "platform")] }] });
});
