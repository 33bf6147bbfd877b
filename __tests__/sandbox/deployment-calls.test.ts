import { DeploymentCalls } from "../../sandbox/deployment-calls";

const TERRAFORM = "APN/1.0 HashiCorp/1.0 Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-aws/5.100.0";
const from = (agent: string | undefined) => ({ headers: { "user-agent": agent } });

test("are Terraform's, until the deployment ends, also if it fails", async () => {
  const calls = new DeploymentCalls();
  expect(calls.has(from(TERRAFORM))).toBe(false);
  let fail: (error: Error) => void = () => undefined;
  const deployment = calls.until(new Promise<never>((_, reject) => (fail = reject)));
  expect(calls.has(from(TERRAFORM))).toBe(true);
  for (const agent of ["aws-cli/2.15.0", "aws-sdk-js/3.1000.0", undefined]) expect(calls.has(from(agent))).toBe(false);
  fail(new Error("stack 'a' was not applied"));
  await expect(deployment).rejects.toThrow("stack 'a'");
  expect(calls.has(from(TERRAFORM))).toBe(false);
});
