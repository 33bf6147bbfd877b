import { ownNames } from "../lib/naming/own-names";
import type { Organization } from "../organization/organization";
import { bodyParameterOf, WEBHOOK_FORMATS } from "../lib/naming/webhook-formats";
import type { Webhook } from "../organization/schema/schema";

/** Header that holds a webhook's secret. */
export function headerOf({ header, format }: Pick<Webhook, "header" | "format">): string {
  return header ?? WEBHOOK_FORMATS[format].header;
}

/**
 * The command for bash or zsh that sets a webhook's secret. It reads the secret without showing it, and passes it on by
 * a pipe: neither the shell's history nor the list of processes has it.
 */
export function secretCommand(
  webhook: Pick<Webhook, "name" | "header" | "format">,
  { homeRegion, names }: Pick<Organization, "homeRegion" | "names">,
): string {
  const bodyParameter = bodyParameterOf(webhook.format);
  const parameters = {
    ApiKeyAuthParameters: { ApiKeyName: headerOf(webhook), ApiKeyValue: "%s" },
    ...(bodyParameter === undefined
      ? {}
      : {
          InvocationHttpParameters: { BodyParameters: [{ Key: bodyParameter, Value: "%s", IsValueSecret: true }] },
        }),
  };
  const secrets = bodyParameter === undefined ? `"$SECRET"` : `"$SECRET" "$SECRET"`;
  return (
    `read -rs SECRET && printf '${JSON.stringify(parameters)}' ${secrets} | ` +
    `aws events update-connection --region ${homeRegion} --name ${ownNames(names).webhookResourceName(webhook.name)} ` +
    "--authorization-type API_KEY --auth-parameters file:///dev/stdin"
  );
}
