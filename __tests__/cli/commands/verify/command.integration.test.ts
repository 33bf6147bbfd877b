import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandLine } from "../../command-line";

const ENVIRONMENT = { ...process.env };

afterEach(() => {
  process.env = { ...ENVIRONMENT };
});

const trailwatch = commandLine();
const verify = (...args: string[]) => trailwatch("verify", "--accounts", "accounts", ...args);

test("an unknown account is rejected with a suggestion", async () => {
  const { code, stderr } = await verify("paymnets");
  expect(code).toBe(1);
  expect(stderr).toContain("got 'paymnets'; did you mean 'payments'?");
});

test("a missing deployment is rejected", async () => {
  const { code, stderr } = await verify("payments", "--deployment", "no-such-folder");
  expect(code).toBe(1);
  expect(stderr).toContain("'no-such-folder' must be a folder of Terraform JSON");
});

describe("--least-privilege", () => {
  interface Policy {
    readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: readonly string[] }[];
  }
  const policy = async (...args: string[]) => JSON.parse((await verify("--least-privilege", ...args)).stdout) as Policy;
  const actions = async (...args: string[]) => (await policy(...args)).Statement.flatMap(({ Action }) => Action);

  test("reads only, without --live and --notify", async () => {
    const changing = (action: string) => !/:(AssumeRole|Describe|Get|List|LookupEvents)/.test(action);
    const plain = await actions();
    expect(plain.filter(changing)).toEqual([]);
    expect(plain).not.toContain("secretsmanager:GetSecretValue");
    expect(await actions("--live")).toEqual(expect.arrayContaining(["secretsmanager:GetSecretValue", "kms:Decrypt"]));
    // FilterLogEvents and Decrypt change nothing either.
    expect((await actions("--live", "--notify")).filter(changing)).toEqual([
      "cloudwatch:SetAlarmState",
      "logs:FilterLogEvents",
      "kms:Decrypt",
    ]);
  });

  test("allows only the roles of the organization's accounts, or the given one", async () => {
    const roles = async (...args: string[]) => (await policy(...args)).Statement[0]?.Resource;
    expect(await roles()).toContain("arn:aws:iam::444455556666:role/OrganizationAccountAccessRole");
    expect(await roles("--role", "Audit")).toEqual([
      "arn:aws:iam::222233334444:role/Audit",
      "arn:aws:iam::444455556666:role/Audit",
      "arn:aws:iam::333344445555:role/Audit",
    ]);
  });

  test("limits secrets to the watched ones", async () => {
    const { Statement } = await policy("--live");
    const secrets = Statement.find(({ Action }) => Action.includes("secretsmanager:GetSecretValue"));
    expect(secrets?.Resource).toEqual(
      expect.arrayContaining([
        "arn:aws:secretsmanager:*:444455556666:secret:MyProjectSecrets-??????",
        "arn:aws:secretsmanager:*:444455556666:secret:payments/*",
      ]),
    );
    expect(secrets?.Resource).not.toContain("*");
  });
});

test("if AWS does not answer, nothing could be checked: exit code 2", async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    AWS_MAX_ATTEMPTS: "1",
  });
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-verify-"));
  writeFileSync(join(folder, "nothing.tf.json"), "{}");
  try {
    const { code, stderr } = await verify("payments", "--deployment", folder);
    expect(code).toBe(2);
    expect(stderr).toContain("AWS does not know who calls");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
