import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runProgram } from "../../../lib/support/run-program";
import { StandIn } from "./support/stand-in";
import { TerraformFolder } from "./support/terraform-folder";

// The commands of docs/hcp-terraform.md that call HCP Terraform's API, as they stand there, and what the page says of
// terraform init.

let standIn: StandIn;
beforeAll(async () => {
  standIn = await StandIn.start();
});
afterAll(async () => {
  await standIn.remove();
});

/** Runs the block of commands that holds a text. Programs that the block does not test do nothing. */
async function run(part: string): Promise<void> {
  const page = readFileSync(join("docs", "hcp-terraform.md"), "utf8");
  const blocks = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, block = ""]) => block);
  const block = blocks.find((candidate) => candidate.includes(part));
  if (block === undefined) throw new Error(`docs/hcp-terraform.md must hold commands with '${part}'`);
  const { hcp, folder } = standIn;
  const script = `set -e\nnpx() { :; }\nterraform() { :; }\n${block.replaceAll("https://app.terraform.io", hcp.url)}`;
  const { PATH } = process.env;
  const env = { PATH, TFE_TOKEN: hcp.token, CURL_CA_BUNDLE: hcp.certificateFile };
  const { ending, stdout, stderr } = await runProgram("bash", ["-c", script], { cwd: folder, env });
  if (ending !== 0) throw new Error(stdout + stderr);
}

test("the first workspace is created with local runs", async () => {
  await run('"execution-mode":"local"');
  const { json } = await standIn.call("GET organizations/example-org/workspaces/trailwatch-workspaces");
  expect(json?.data?.attributes).toMatchObject({ "execution-mode": "local" });
});

test("an upload through the API queues a run", async () => {
  const id = await standIn.workspace("trailwatch-monitoring-payments");
  const stack = join(standIn.folder, "cdktf.out", "stacks", "monitoring-payments");
  mkdirSync(stack, { recursive: true });
  writeFileSync(
    join(stack, "cdk.tf.json"),
    JSON.stringify({
      terraform: {
        cloud: {
          ...{ hostname: standIn.hcp.hostname, organization: "example-org" },
          workspaces: { name: "trailwatch-monitoring-payments" },
        },
      },
      resource: { terraform_data: { a: { input: "one" } } },
    }),
  );
  await run("upload-url");
  const newest = async () => {
    const { json } = await standIn.call(`GET workspaces/${id}/runs`);
    const runs = json?.data as unknown as { attributes: { status: string } }[];
    return runs[0]?.attributes.status;
  };
  while ((await newest()) !== "planned") await sleep(100);
});

test("terraform init moves no state to or from HCP Terraform without a terminal", async () => {
  const folder = new TerraformFolder(standIn, "init");
  folder.write(undefined, { resource: { terraform_data: { a: { input: "one" } } } });
  await folder.succeeds("init", "-input=false");
  await folder.succeeds("apply", "-auto-approve");
  folder.write({ name: "moved-by-init" }, {});
  const there = await folder.run("init", "-input=false", "-migrate-state");
  expect(there).toMatchObject({ code: 1, output: expect.stringContaining("Invalid command-line option") as string });

  const back = new TerraformFolder(standIn, "back");
  back.write({ name: "moved-back-by-init" }, {});
  await back.succeeds("init", "-input=false");
  back.write(undefined, {});
  const returned = await back.run("init", "-input=false");
  expect(returned.code).toBe(1);
  expect(returned.output.replace(/\s+/g, " ")).toContain("not yet implemented");
});
