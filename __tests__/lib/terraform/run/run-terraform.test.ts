import { TerraformError, runTerraform } from "../../../../lib/terraform/run/run-terraform";
import { temporaryFolder, terraformStub } from "../../../delivery/bootstrap/terraform-stub";

const folder = temporaryFolder();

/** A `terraform` that prints, and fails unless told otherwise. */
const printing = (output: string) => {
  const stub = terraformStub();
  const env = { ...stub.env, STUB_FAIL: "plan", STUB_OUTPUT: output };
  return runTerraform(["plan", "-input=false"], { folder, env });
};

test("Terraform runs in the stack's folder, with just the environment that is given", async () => {
  const { env, calls } = terraformStub();
  await runTerraform(["init", "-input=false"], { folder, env: { ...env, AWS_PROFILE: "audit" } });
  const [call, ...others] = calls();
  expect(others).toEqual([]);
  expect(call).toMatchObject({ args: ["init", "-input=false"], folder, env: { AWS_PROFILE: "audit" } });
  expect(call?.env).not.toHaveProperty("PATH");
});

test("Terraform knows that no person writes its commands", async () => {
  const { env, calls } = terraformStub();
  await runTerraform(["plan"], { folder, env });
  expect(calls()[0]?.env.TF_IN_AUTOMATION).toBe("1");
});

test("a failure names the command and shows what Terraform said", async () => {
  const failure = printing("Planning ...\n");
  await expect(failure).rejects.toThrow(TerraformError);
  await expect(failure).rejects.toThrow(/terraform plan -input=false' failed:\nPlanning \.\.\.$/);
});

test("a failure shows what Terraform said on its way of errors, too", async () => {
  const { env } = terraformStub();
  await expect(runTerraform(["plan"], { folder, env: { ...env, STUB_FAIL: "plan" } })).rejects.toThrow(
    /failed:\nError: as requested$/,
  );
});

test("a failure shows the last 30 lines and no more", async () => {
  const lines = Array.from({ length: 100 }, (_, line) => `line ${line}`);
  const { message } = await printing(`${lines.join("\n")}\n`).then(
    () => new Error("did not fail"),
    (error: unknown) => error as Error,
  );
  expect(message.split("\n").slice(1)).toEqual(lines.slice(-30));
});

test("lines and characters are whole, wherever the output was cut on its way", async () => {
  const long = "ä€".repeat(20_000);
  await expect(printing(`${long}\n`)).rejects.toThrow(long);
});

test("a failure without a word is said as such", async () => {
  const failure = runTerraform(["-c", "exit 3"], { folder, env: { TERRAFORM_BINARY_NAME: "/bin/sh" } });
  await expect(failure).rejects.toThrow("'/bin/sh -c exit 3' failed.");
});

test("a Terraform that was killed has failed", async () => {
  const failure = runTerraform(["-c", "kill -9 $$"], { folder, env: { TERRAFORM_BINARY_NAME: "/bin/sh" } });
  await expect(failure).rejects.toThrow(TerraformError);
});

test("a Terraform that is not there is asked for by name", async () => {
  const failure = runTerraform(["init"], { folder, env: { TERRAFORM_BINARY_NAME: "no-such-terraform" } });
  await expect(failure).rejects.toThrow("'no-such-terraform' must be on the PATH: ");
});
