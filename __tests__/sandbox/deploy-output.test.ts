import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeployOutput } from "../../sandbox/deploy-output";

/** What `cdktf deploy` 0.21 wrote with Terraform 1.11.4, shortened: one stack applied, one refused, one never begun. */
const OUTPUT = readFileSync(join(__dirname, "fixtures", "cdktf-deploy.txt"), "utf8").split("\n");

describe("DeployOutput", () => {
  const output = new DeployOutput();
  const events = OUTPUT.flatMap((line) => output.read(line));

  test("reports when stacks start, what they create and when they are applied", () => {
    expect(events).toEqual([
      { type: "started", stack: "log-archive" },
      { type: "resource", stack: "log-archive", address: "aws_s3_bucket_logging.archive_logging_968A9B50" },
      { type: "applied", stack: "log-archive", changes: { added: 1, changed: 0, destroyed: 0 } },
      { type: "started", stack: "organization-trail" },
    ]);
  });

  test("keeps a failed stack's complete errors, without the CLI's text after them", () => {
    const [failure, ...others] = output.failures();
    expect(others).toEqual([]);
    expect(failure?.stack).toBe("organization-trail");
    expect(failure?.text).toMatch(/^Error: Resource precondition failed\n\n {2}on cdk\.tf\.json line 106/);
    expect(failure?.text).toContain("CloudTrail must have trusted access to the organization.");
    expect(failure?.text.match(/^Error: /gm)).toHaveLength(2);
    expect(failure?.text).not.toContain("Stacks deploying");
  });

  test("reads through colours", () => {
    const line =
      "a-stack  \u001b[0m\u001b[1m\u001b[32mApply complete! Resources: 1 added, 2 changed, 3 destroyed.\u001b[0m";
    expect(new DeployOutput().read(line)).toEqual([
      { type: "applied", stack: "a-stack", changes: { added: 1, changed: 2, destroyed: 3 } },
    ]);
  });

  test("reports destroyed resources, and resources without a construct path", () => {
    const line = "a-stack  aws_sns_topic.t: Destruction complete after 0s";
    expect(new DeployOutput().read(line)).toEqual([{ type: "resource", stack: "a-stack", address: "aws_sns_topic.t" }]);
  });
});
