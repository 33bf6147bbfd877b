import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { App } from "cdktf";
import { buildApp } from "../../../main";
import { accountNamed, type Account } from "../../../organization/organization";
import { MANAGEMENT_CREDENTIALS } from "../../../sandbox/environment";
import { forwardTo } from "../../../sandbox/proxy/forward";
import { openProxy, type Proxy } from "../../../sandbox/proxy/proxy";
import type { Exchange } from "../../../sandbox/proxy/call";
import type { Shim } from "../../../sandbox/proxy/shim";
import type { Sandbox } from "../../../sandbox/sandbox";
import { changeYaml } from "../../../sandbox/scenarios/change-yaml";
import { startSandbox } from "../../../sandbox/start-sandbox";
import { readStacks } from "../../../lib/terraform/read/read-stacks";
import { assumedRoleCredentials } from "../../../lib/aws/assumed-role";
import { LOCAL_AWS } from "../../../lib/aws/client";
import { ServiceClients } from "../../../lib/aws/service-clients";
import { plant } from "./plant";
import { RememberedAnswers } from "./remembered-answers";

/** The member account that faults are planted in. */
export const MEMBER = "workloads-production";
/** The account of the alert hub. */
export const HUB_ACCOUNT = "log-archive";

/** An organization in a local AWS with everything in it that `verify` looks at, made without Terraform. */
export interface Garden {
  readonly sandbox: Sandbox;
  /** Folder of the Terraform JSON that it is made from. */
  readonly deployment: string;
  /** Endpoint of `verify`: answers are the sandbox's, unless a fault is planted. */
  readonly endpoint: string;
  /** Faults in answers, set in the proxy: moto cannot produce them. */
  readonly faults: Shim[];
  readonly answers: RememberedAnswers;
  /** Calls through the endpoint. */
  readonly calls: Exchange[];
  readonly clients: (account: string, region?: string) => ServiceClients;
  readonly stop: () => Promise<void>;
}

export async function openGarden(): Promise<Garden> {
  const root = mkdtempSync(join(tmpdir(), "trailwatch-verify-"));
  const workFolder = join(root, "sandbox");
  const accountsFolder = join(root, "accounts");
  cpSync("accounts", accountsFolder, { recursive: true });
  // One account notifies subscribers by itself, the others through the alert hub.
  changeYaml(accountsFolder, "organization", ["alertHub"], {
    account: HUB_ACCOUNT,
    noticesDigest: "07:00",
    webhooks: [
      { name: "pager", url: "https://events.example.com/v2/enqueue", format: "pagerduty", topics: ["alerts"] },
    ],
  });
  const own = (address: string) => ({ email: [`${address}@example.com`] });
  changeYaml(accountsFolder, MEMBER, ["notifications"], {
    alerts: own("security-alerts"),
    notices: own("security-notices"),
  });
  const faults: Shim[] = [];
  const answers = new RememberedAnswers(faults);
  const onCall = (exchange: Exchange) => {
    answers.see(exchange);
  };
  const sandbox = await startSandbox({ accountsFolder, workFolder, env: process.env, onCall });
  const { organization } = sandbox;
  const app = new App({ outdir: join(root, "cdktf.out") });
  buildApp(organization, app);
  app.synth();

  const byAccount = new Map<string, (region: string) => ServiceClients>();
  for (const account of organization.accounts) {
    const clients = clientsIn(sandbox, account);
    const own = readStacks(app.outdir).filter(({ accountId }) => accountId === account.id);
    await plant({
      stacks: own,
      organization,
      clients,
      onSubscription: (arn) => {
        sandbox.subscriptions.confirm(arn);
      },
    });
    // Secrets that are only watched are created by hand.
    for (const Name of account.secrets.watch.filter((name) => !name.includes("*"))) {
      await clients(organization.homeRegion).secrets.send(new CreateSecretCommand({ Name, SecretString: "by hand" }));
    }
    byAccount.set(account.name, clients);
  }

  const calls: Exchange[] = [];
  const send = forwardTo(sandbox.endpoint);
  const door: Proxy = await openProxy({
    upstream: async (request) => {
      const response = await send(request);
      // URLs of queues name the server that was called: calls to them must pass here too.
      const body = response.body.toString("latin1").replaceAll(sandbox.endpoint, door.endpoint);
      return { ...response, body: Buffer.from(body, "latin1") };
    },
    shims: faults,
    onCall: (exchange) => calls.push(exchange),
  });
  return {
    sandbox,
    deployment: app.outdir,
    endpoint: door.endpoint,
    faults,
    answers,
    calls,
    clients: (name, region = organization.homeRegion) => {
      const clients = byAccount.get(accountNamed(organization, name).name);
      if (clients === undefined) throw new Error(`no clients of '${name}'`);
      return clients(region);
    },
    stop: async () => {
      await door.stop();
      await sandbox.stop();
      rmSync(root, { recursive: true });
    },
  };
}

function clientsIn({ endpoint, organization }: Sandbox, account: Account): (region: string) => ServiceClients {
  const caller = { ...LOCAL_AWS, endpoint, region: "eu-west-1", credentials: MANAGEMENT_CREDENTIALS };
  const role = `arn:aws:iam::${account.id}:role/${organization.deploymentRole}`;
  const credentials =
    account.role === "management" ? MANAGEMENT_CREDENTIALS : assumedRoleCredentials(role, "gardener", caller);
  return (region) => new ServiceClients(() => ({ ...LOCAL_AWS, endpoint, region, credentials }));
}
