import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { clientsOf } from "../../bench/support/sandbox-clients";
import { PLAIN } from "../../lib/naming/own-names";
import { ALERT_HUB_STACK, WORKSPACES_STACK } from "../../lib/naming/stack-ids";
import { accountNamed } from "../../organization/organization";
import type { Cloud } from "../../sandbox/cloud/cloud";
import type { Sandbox } from "../../sandbox/sandbox";
import { CloudApi } from "./support/cloud-api";
import { terraformIn } from "./support/terraform";

/** The smallest stack that remote runs apply. */
const STACK = ALERT_HUB_STACK;
const ADDED = "second@example.com";
const FILE = `cdktf.out/stacks/${STACK}/cdk.tf.json`;

/** A pull request and its merge, in a sandbox with state and runs in the stand-in for HCP Terraform. */
export function cloudRunTests(sandboxOf: () => Sandbox, cloudOf: () => Cloud): void {
  let sandbox: Sandbox;
  let api: CloudApi;

  beforeAll(async () => {
    sandbox = sandboxOf();
    api = new CloudApi(cloudOf());
    await api.change(STACK, { "execution-mode": "remote" });
  });

  /** Changes a file of the accounts folder that the stacks are synthesized from. */
  function edit(from: string, to: string): void {
    const file = join(sandbox.accountsFolder, "organization.yaml");
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`'${from}' is not in ${text}`);
    writeFileSync(file, text.replace(from, to));
  }

  async function subscribers(): Promise<(string | undefined)[]> {
    const { sns } = await clientsOf(sandbox, "log-archive");
    const { homeRegion } = sandbox.organization;
    const { id } = accountNamed(sandbox.organization, "log-archive");
    const TopicArn = `arn:aws:sns:${homeRegion}:${id}:${PLAIN.hubTopicName("alerts")}`;
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    return Subscriptions.map(({ Endpoint }) => Endpoint);
  }

  test("a pull request's plan shows what would change, and changes nothing", async () => {
    edit("email: [security-alerts@example.com]", `email: [security-alerts@example.com, ${ADDED}]`);
    const vcs = "vcs: { repository: acme/watch, branch: main, connection: ghain-abc }";
    edit("manageWorkspaces: true", `manageWorkspaces: true\n  ${vcs}`);
    await sandbox.synthesize();
    const planned = await terraformIn(sandbox, STACK, "plan", "-input=false");
    expect(planned.output).toContain("Plan: 2 to add, 0 to change, 0 to destroy.");
    expect(planned.exitCode).toBe(0);
    expect((await api.newestRun(STACK)).attributes).toMatchObject({
      ...{ "plan-only": true, status: "planned_and_finished" },
    });
    expect((await api.workspace(STACK)).attributes.locked).toBe(false);
    expect(await subscribers()).not.toContain(ADDED);
  });

  test("a commit of cdktf.out starts a run where it changes the stack's folder, which applies after confirmation", async () => {
    const out = join(sandbox.workFolder, "cdktf.out");
    // The workspace gets what the stack `workspaces` now says.
    const json = JSON.parse(readFileSync(join(out, "stacks", WORKSPACES_STACK, "cdk.tf.json"), "utf8")) as {
      resource: { tfe_workspace: Record<string, { working_directory: string; trigger_patterns: string[] }> };
    };
    const settings = json.resource.tfe_workspace[STACK];
    await api.change(STACK, {
      "vcs-repo": { identifier: "acme/watch", branch: "main", "github-app-installation-id": "ghain-abc" },
      ...{ "working-directory": settings?.working_directory, "trigger-patterns": settings?.trigger_patterns },
      "speculative-enabled": false,
    });
    const repository = join(sandbox.workFolder, "repository");
    cpSync(out, join(repository, "cdktf.out"), { recursive: true, filter: (path) => !path.endsWith("/.terraform") });
    const commit = { repository: "acme/watch", sha: "a".repeat(40), branch: "main", message: "a second subscriber" };
    const push = (changed: string, more: object = {}) =>
      cloudOf().hcp.push({ ...commit, folder: repository, changed: [changed], ...more });
    expect(await push("cdktf.out/stacks/log-archive/cdk.tf.json")).toEqual([]);
    expect(await push(FILE, { branch: "feature" })).toEqual([]);
    expect(await push(FILE, { branch: "feature", pullRequest: 1 })).toEqual([]);
    expect(await push(FILE)).toEqual([PLAIN.workspaceName(STACK)]);
    const run = await api.runThatIs(STACK, "planned");
    expect(run.attributes).toMatchObject({ source: "tfe-configuration-version", message: "a second subscriber" });
    expect(await subscribers()).not.toContain(ADDED);
    expect((await api.workspace(STACK)).attributes.locked).toBe(true);
    await api.call(`POST runs/${run.id}/actions/apply`);
    await api.runThatIs(STACK, "applied");
    expect(await subscribers()).toContain(ADDED);

    // The command line may still look, but not apply.
    const refused = await terraformIn(sandbox, STACK, "apply", "-input=false", "-auto-approve");
    expect(refused.output).toContain("Apply not allowed for workspaces with a VCS connection");
    expect(refused.exitCode).toBe(1);
  });
}
