import { ownNames } from "../../lib/naming/own-names";
import { arn, roleArn } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { bodyParameterOf } from "../../lib/naming/webhook-formats";
import { PLACEHOLDER } from "../../modules/alert-hub/webhooks";
import type { Webhook } from "../../organization/schema/schema";
import { headerOf, secretCommand } from "../../stacks/webhook-secret";
import { HUB_READS, WEBHOOK_READS } from "../aws/hub-calls";
import type { ExpectedHub } from "../expected/expected-hub";
import { failed, proven, unknown, type Finding } from "../result";
import { mayPublish } from "./alert-hub";
import { redeploy, type Check, type Subject } from "./check";
import { arnOfRole, firstRefusal, rolePolicies } from "./role";

const NOTHING = "the webhook gets no alarm";

/** Whether only the state machine may send to the webhooks, and each of them has its secret and its address. */
export function webhookChecks(hub: ExpectedHub): Check[] {
  if (hub.webhooks.length === 0) return [];
  return [
    {
      hop: "alert hub",
      name: `event bus ${ownNames(hub.names).webhooks} admits role ${hub.role.name} only`,
      follows: [mayPublish(hub)],
      run: (subject) => admitsHub(subject, hub),
    },
    ...hub.webhooks.flatMap(({ name, url }): Check[] => [
      { hop: "subscriber", name: `connection ${name} has its secret`, run: (subject) => hasSecret(subject, hub, name) },
      {
        hop: "subscriber",
        name: `API destination ${name} posts to its address`,
        run: (subject) => posts(subject, hub, { name, url }),
      },
    ]),
  ];
}

async function admitsHub(subject: Subject, { region, role, stack }: ExpectedHub): Promise<Finding> {
  const { session, account } = subject;
  const remedy = redeploy(stack);
  const { webhooks } = ownNames(subject.organization.names);
  const stored = await session.query(HUB_READS.bus, { Name: webhooks }, region);
  if (stored === undefined) return failed(`no such event bus in ${region}`, "no webhook gets an alarm", remedy);
  const bus = arn(region, "events", account.id, `event-bus/${webhooks}`);
  const refusal = firstRefusal(await rolePolicies(subject, role), [{ action: "events:PutEvents", resource: bus }]);
  if (refusal !== undefined) {
    const seen = `${refusal.wish}: ${refusal.because}`;
    const reason = "no webhook gets an alarm";
    return refusal.answer === "denied" ? failed(seen, reason, remedy) : unknown(seen, reason, remedy);
  }
  // An identity of the account needs no permission of the bus: only a denial keeps it out.
  const anything = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" }] });
  const put = (principal: string) => {
    const context = { "aws:PrincipalArn": principal };
    return evaluate([anything, stored.Policy ?? "{}"], {
      principal,
      action: "events:PutEvents",
      resource: bus,
      context,
    });
  };
  const own = put(arnOfRole(region, account.id, role));
  if (own.answer === "denied") return failed(own.because, "no webhook gets an alarm", remedy);
  const other = put(roleArn(region, account.id, "stranger"));
  if (other.answer === "allowed") {
    return failed("its policy denies no one", "other principals may send forged alarms to the webhooks", remedy);
  }
  return own.answer === "undecided" || other.answer === "undecided"
    ? unknown(own.answer === "undecided" ? own.because : other.because, "its policy was changed", remedy)
    : proven(`its policy denies all others, and the role may put events`);
}

async function hasSecret({ session, organization }: Subject, hub: ExpectedHub, name: string): Promise<Finding> {
  const { region, stack } = hub;
  const stored = await session.query(WEBHOOK_READS.connection, { Name: name }, region);
  if (stored === undefined) return failed(`no such connection in ${region}`, NOTHING, redeploy(stack));
  const webhook = organization.alertHub?.webhooks.find(
    (one) => ownNames(organization.names).webhookResourceName(one.name) === name,
  );
  if (webhook === undefined)
    return unknown("not in organization.yaml", "the deployment is another one", redeploy(stack));
  const remedy = secretCommand(webhook, organization);
  const header = stored.AuthParameters?.ApiKeyAuthParameters?.ApiKeyName;
  if (header === PLACEHOLDER.header) return failed("its secret was never set", NOTHING, remedy);
  if (stored.ConnectionState !== "AUTHORIZED") {
    return failed(`state ${stored.ConnectionState ?? "none"}, not AUTHORIZED`, NOTHING, remedy);
  }
  const wanted = headerOf(webhook);
  if (header?.toLowerCase() !== wanted.toLowerCase()) {
    return failed(`its secret is in header ${header ?? "none"}`, `it must be in ${wanted}`, remedy);
  }
  return lacksBodyParameter(webhook, stored.AuthParameters?.InvocationHttpParameters?.BodyParameters)
    ? failed(
        "its secret is in no body parameter",
        `the body must have it in ${bodyParameterOf(webhook.format) ?? ""}`,
        remedy,
      )
    : proven(`authorized, with a secret in header ${wanted}`);
}

function lacksBodyParameter(
  { format }: Pick<Webhook, "format">,
  parameters: readonly { readonly Key?: string | undefined }[] = [],
): boolean {
  const wanted = bodyParameterOf(format);
  return wanted !== undefined && !parameters.some(({ Key }) => Key === wanted);
}

async function posts(
  { session }: Subject,
  { region, stack }: ExpectedHub,
  { name, url }: { readonly name: string; readonly url: string },
): Promise<Finding> {
  const remedy = redeploy(stack);
  const stored = await session.query(WEBHOOK_READS.destination, { Name: name }, region);
  if (stored === undefined) return failed(`no such API destination in ${region}`, NOTHING, remedy);
  if (stored.InvocationEndpoint !== url || stored.HttpMethod !== "POST") {
    const seen = `${stored.HttpMethod ?? "no method"} ${stored.InvocationEndpoint ?? "no address"}`;
    return failed(seen, `alarms and the secret go elsewhere; it must be POST ${url}`, remedy);
  }
  if (stored.ConnectionArn?.includes(`:connection/${name}/`) !== true) {
    return failed(`connection ${stored.ConnectionArn ?? "none"}`, `it must use connection ${name}`, remedy);
  }
  return stored.ApiDestinationState === "ACTIVE"
    ? proven(`active, posts to ${url}`)
    : failed(`state ${stored.ApiDestinationState ?? "none"}, not ACTIVE`, NOTHING, remedy);
}
