import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DisableRuleCommand, EnableRuleCommand } from "@aws-sdk/client-eventbridge";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { changeYaml } from "../../sandbox/scenarios/change-yaml";
import type { Sandbox } from "../../sandbox/sandbox";
import { startSandbox } from "../../sandbox/start-sandbox";
import { clientsOf } from "./support/clients";
import { terraformIn } from "./support/terraform";

// Real Terraform applies an alert hub with both kinds of chat, and shows what is changed by hand afterwards.

const MINUTE = 60_000;
jest.setTimeout(5 * MINUTE);

const HUB = "alert-hub";
const NAME = "trailwatch-alert-hub";

let root: string;
let sandbox: Sandbox;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "trailwatch-hub-"));
  const accountsFolder = join(root, "accounts");
  cpSync("accounts", accountsFolder, { recursive: true });
  changeYaml(accountsFolder, "organization", ["alertHub"], {
    account: "log-archive",
    chat: {
      slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
      teams: {
        tenantId: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        teamId: "6ba7b811-9dad-41d1-80b4-00c04fd430c8",
        channelId: "19%3Aabc%40thread.tacv2",
      },
    },
  });
  // No other stack is needed, nor the bucket of state.
  changeYaml(accountsFolder, "organization", ["state"], { backend: "local" });
  sandbox = await startSandbox({ accountsFolder, workFolder: join(root, "sandbox"), env: process.env });
  await sandbox.synthesize();
}, 5 * MINUTE);

afterAll(async () => {
  await sandbox.stop();
  rmSync(root, { recursive: true });
});

test("it is applied, and a second plan is empty", async () => {
  const { output } = await terraformIn(sandbox, HUB, "apply", "-auto-approve", "-input=false");
  expect(output).toContain("Apply complete!");
  expect(await planned()).toContain("No changes.");
});

test("a plan shows a rule that is disabled by hand, and a policy that is added to a role", async () => {
  const { events, iam } = await clientsOf(sandbox, "log-archive");
  const rule = { Name: NAME, EventBusName: "trailwatch-alerts" };
  await events.send(new DisableRuleCommand(rule));
  await iam.send(
    new PutRolePolicyCommand({
      ...{ RoleName: `${NAME}-chat`, PolicyName: "more" },
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }),
    }),
  );
  const plan = await planned();
  expect(plan).toMatch(/~ state\s+= "DISABLED" -> "ENABLED"/);
  expect(plan).toMatch(/~ policy_names\s+= \[\s+- "more",\s+\]/);
  await events.send(new EnableRuleCommand(rule));
});

async function planned(): Promise<string> {
  return (await terraformIn(sandbox, HUB, "plan", "-input=false")).output;
}
