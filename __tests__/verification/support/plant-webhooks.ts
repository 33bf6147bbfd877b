import { PLAIN } from "../../../lib/naming/own-names";
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  CreateEventBusCommand,
  PutPermissionCommand,
} from "@aws-sdk/client-eventbridge";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import { bodyParameterOf } from "../../../lib/naming/webhook-formats";
import { textOfArgument } from "../../../lib/terraform/read/arguments";
import type { StackReader } from "../../../lib/terraform/read/stack-reader";
import type { Webhook } from "../../../organization/schema/schema";
import { headerOf } from "../../../stacks/webhook-secret";
import type { ExpectedHub } from "../../../verification/expected/expected-hub";

/** The secret of a webhook, as the command of the stack's output sets it. */
export function secretOf(webhook: Pick<Webhook, "header" | "format">) {
  const Key = bodyParameterOf(webhook.format);
  return {
    ApiKeyAuthParameters: { ApiKeyName: headerOf(webhook), ApiKeyValue: "secret" },
    ...(Key === undefined
      ? {}
      : { InvocationHttpParameters: { BodyParameters: [{ Key, Value: "secret", IsValueSecret: true }] } }),
  };
}

/**
 * Creates the bus of a hub's webhooks, their connections with a secret, and their API destinations. Returns the ARN of
 * each by its name.
 */
export async function plantWebhooks(
  reader: StackReader,
  { webhooks }: ExpectedHub,
  configured: readonly Webhook[],
  { events }: ServiceClients,
): Promise<ReadonlyMap<string, string>> {
  const arns = new Map<string, string>();
  if (webhooks.length === 0) return arns;
  await events.send(new CreateEventBusCommand({ Name: PLAIN.webhooks }));
  await events.send(
    new PutPermissionCommand({ EventBusName: PLAIN.webhooks, Policy: busPolicy(reader, PLAIN.webhooks) }),
  );
  for (const { name, url } of webhooks) {
    const webhook = configured.find((one) => PLAIN.webhookResourceName(one.name) === name);
    if (webhook === undefined) throw new Error(`there is no webhook ${name}`);
    const { ConnectionArn } = await events.send(
      new CreateConnectionCommand({ Name: name, AuthorizationType: "API_KEY", AuthParameters: secretOf(webhook) }),
    );
    const { ApiDestinationArn = "" } = await events.send(
      new CreateApiDestinationCommand({ Name: name, ConnectionArn, InvocationEndpoint: url, HttpMethod: "POST" }),
    );
    arns.set(name, ApiDestinationArn);
  }
  return arns;
}

/** The policy of an event bus of a stack. */
export function busPolicy(reader: StackReader, bus: string): string | undefined {
  const [, policy = {}] =
    reader
      .all("aws_cloudwatch_event_bus_policy")
      .find(([id]) => reader.text("aws_cloudwatch_event_bus_policy", id, "event_bus_name") === bus) ?? [];
  return textOfArgument(policy, "policy");
}
