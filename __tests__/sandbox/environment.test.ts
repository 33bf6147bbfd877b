import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxEnvironment } from "../../sandbox/environment";

const workFolder = mkdtempSync(join(tmpdir(), "trailwatch-env-"));
afterAll(() => {
  rmSync(workFolder, { recursive: true });
});

const environment = (env: NodeJS.ProcessEnv) =>
  sandboxEnvironment({ env, endpoint: "http://127.0.0.1:1", region: "eu-west-1", accountsFolder: "/a", workFolder });

describe("sandboxEnvironment", () => {
  test("reaches no AWS but the sandbox", () => {
    const env = environment({
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "real",
      AWS_ENDPOINT_URL_SNS: "https://sns.eu-west-1.amazonaws.com",
      AWS_ROLE_ARN: "arn:aws:iam::111111111111:role/real",
    });
    expect(Object.keys(env).sort()).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_CONFIG_FILE",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL",
      "AWS_ENDPOINT_URL_IAM",
      "AWS_ENDPOINT_URL_S3",
      "AWS_ENDPOINT_URL_STS",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SHARED_CREDENTIALS_FILE",
      "CDKTF_HOME",
      "TRAILWATCH_ACCOUNTS",
    ]);
  });

  test("keeps the user's workspace and data folder out", () => {
    const env = environment({ TF_WORKSPACE: "w", TF_DATA_DIR: "d", TF_CLI_ARGS_plan: "-json", TF_VAR_a: "b" });
    expect(Object.keys(env).filter((name) => name.startsWith("TF_"))).toEqual([]);
  });

  test("keeps the rest", () => {
    expect(environment({ PATH: "/bin", TF_LOG: "debug" })).toMatchObject({ PATH: "/bin", TF_LOG: "debug" });
  });
});
