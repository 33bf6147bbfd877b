import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { DataResource, TerraformStack } from "cdktf";
import { ORGANIZATION_NAME, StandIn } from "../../sandbox/hcp-terraform/support/stand-in";
import { TerraformFolder } from "../../sandbox/hcp-terraform/support/terraform-folder";
import { startLocalAws, type LocalAws } from "../../support/local-aws";
import { terraformEnvironment } from "../../../sandbox/terraform-environment";
import { configureBackend } from "../../../stacks/backend";
import { testOrganization, type OrganizationChanges } from "../../support/organization";
import { testApp } from "../../support/synth";

// The commands of docs/hcp-terraform.md as they stand there, with real Terraform, between S3 and a stand-in for HCP
// Terraform. What matters is Terraform's own: lineage, serial, and references that follow the move.
const folder = mkdtempSync(join(tmpdir(), "trailwatch-moving-"));
const CLOUD = () => ({ backend: "cloud", hostname: standIn.hcp.hostname, organization: ORGANIZATION_NAME }) as const;
const S3 = { backend: "s3", account: "management", bucket: "example-state" } as const;
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
let moto: LocalAws;
let standIn: StandIn;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  [moto, standIn] = await Promise.all([startLocalAws(folder), StandIn.start()]);
  const user = new TerraformFolder(standIn, "mover");
  env = {
    ...process.env,
    ...terraformEnvironment(folder, process.env).variables,
    ...user.env,
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const s3 = new S3Client({ endpoint: moto.url, region: "us-east-1", credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: S3.bucket }));
});
afterAll(async () => {
  await moto.stop();
  await standIn.remove();
  rmSync(folder, { recursive: true });
});

/** Two stacks, of which one reads the other's state, as `npx cdktf synth` would write them. */
function synthesized(state: OrganizationChanges["state"], input = "first"): string {
  const organization = testOrganization({ localAws: true, state });
  const app = testApp();
  const [archive, trail] = ["log-archive", "organization-trail"].map((id) => {
    const stack = new TerraformStack(app, id);
    configureBackend(stack, organization);
    return stack;
  }) as [TerraformStack, TerraformStack];
  const key = new DataResource(archive, "key", { input: { name: "key" } });
  new DataResource(trail, "trail", { input: { key: key.id, input } });
  app.synth();
  return app.outdir;
}

/** Runs commands of the page, after its own `npx cdktf synth`. */
async function shell(commands: string, outdir: string): Promise<string> {
  const npx = `npx() { cp -R '${outdir}' cdktf.out; }`;
  // This process answers meanwhile, as the local AWS's proxy.
  const { stdout } = await promisify(execFile)("bash", ["-c", `${npx}\n${commands}`], { cwd: folder, env });
  return stdout;
}

const page = readFileSync(join("docs", "hcp-terraform.md"), "utf8");
function commands(name: string): string {
  const [, found] = new RegExp(`<!-- ${name} -->\\s+\`\`\`sh\\n([^]*?)\`\`\``).exec(page) ?? [];
  if (found === undefined) throw new Error(`docs/hcp-terraform.md must hold commands to ${name}`);
  return found;
}

const APPLY = `rm -rf cdktf.out; npx; for stack in log-archive organization-trail; do
  terraform -chdir=cdktf.out/stacks/$stack init -input=false >/dev/null &&
  terraform -chdir=cdktf.out/stacks/$stack apply -input=false -auto-approve >/dev/null || exit 1; done`;

/** The loop of a push ends at the first state that is rejected. */
const INIT = "terraform -chdir=cdktf.out/stacks/organization-trail init -input=false >/dev/null";

async function move(from: string, to: string, push: "push" | "push back"): Promise<string> {
  rmSync(join(folder, "moving"), { recursive: true, force: true });
  await shell(commands("pull"), from);
  await shell(commands(push), to);
  return shell(commands("compare"), to);
}

const state = async () =>
  JSON.parse(await shell("terraform -chdir=cdktf.out/stacks/organization-trail state pull", "")) as {
    readonly serial: number;
    readonly lineage: string;
    readonly resources: unknown;
  };

/** What the page says to create before the push: workspaces, one of which reads the other's state. */
async function createWorkspaces(): Promise<void> {
  const archive = await standIn.workspace("trailwatch-log-archive");
  const trail = await standIn.workspace("trailwatch-organization-trail");
  const readers = [{ id: trail, type: "workspaces" }];
  await standIn.call(`PATCH workspaces/${archive}/relationships/remote-state-consumers`, readers);
}

test("state moves from S3 to HCP Terraform and back, and nothing is planned in either place", async () => {
  await createWorkspaces();
  await shell(APPLY, synthesized(S3));
  const before = await state();

  const there = await move(synthesized(S3), synthesized(CLOUD()), "push");
  expect(there.match(/No changes/g)).toHaveLength(2);
  expect(there).not.toContain("look at this plan");
  expect(there).toContain("Running plan in HCP Terraform");
  // Terraform gives the first state of a workspace a new lineage and serial, whatever is pushed.
  const moved = await state();
  expect(moved).toMatchObject({ serial: 1, resources: before.resources });
  expect(moved.lineage).not.toBe(before.lineage);

  // What was deployed there meanwhile is newer than what stayed in S3.
  await shell(APPLY, synthesized(CLOUD(), "second"));
  const changed = await state();
  expect(changed.serial).toBeGreaterThan(moved.serial);
  cpSync(join(folder, "moving"), join(folder, "stale"), { recursive: true });

  // Without -force, the old copies stay.
  await shell(commands("pull"), synthesized(CLOUD(), "second"));
  await shell(`${commands("push")}${INIT}`, synthesized(S3, "second"));
  expect(await state()).toEqual(before);

  const back = await move(synthesized(CLOUD(), "second"), synthesized(S3, "second"), "push back");
  expect(back.match(/No changes/g)).toHaveLength(2);
  const returned = await state();
  expect(returned).toMatchObject({ lineage: moved.lineage, resources: changed.resources });

  // An old copy does not replace a newer state.
  rmSync(join(folder, "moving"), { recursive: true });
  cpSync(join(folder, "stale"), join(folder, "moving"), { recursive: true });
  await shell(`${commands("push")}${INIT}`, synthesized(S3, "second"));
  expect(await state()).toEqual(returned);
});
