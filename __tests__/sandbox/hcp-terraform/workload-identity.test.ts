import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLAIN } from "../../../lib/naming/own-names";
import { starMatcher } from "../../../lib/support/wildcard";
import { hcpTerraformTrust } from "../../../modules/deployment-roles/entry-trust";
import { DEFAULT_SETTINGS } from "../../../sandbox/hcp-terraform/api/workspace-settings";
import { Signer } from "../../../sandbox/hcp-terraform/identity/signer";
import { workloadIdentityClaims } from "../../../sandbox/hcp-terraform/identity/workload-identity";
import { newRun, PLAIN_RUN } from "../../../sandbox/hcp-terraform/runs/run-states";
import { awsCredentials } from "../../../sandbox/hcp-terraform/runs/dynamic-credentials";
import { Store } from "../../../sandbox/hcp-terraform/store";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-identity-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const HOST = "localhost:4800";

/** Claims of a run's token, as the stand-in writes them. */
function claimsOf(name: string, phase: "plan" | "apply", project = "security"): Readonly<Record<string, unknown>> {
  const workspace = {
    ...{ id: "ws-1", createdAt: "", projectId: "prj-1", tags: {}, consumers: [] },
    settings: { ...DEFAULT_SETTINGS, name },
  };
  const run = newRun(new Store(folder), workspace.id, "cv-1", PLAIN_RUN);
  const organization = { id: "org-1", name: "example-org" };
  const identified = { url: `https://${HOST}`, organization, project: { id: "prj-1", name: project }, workspace, run };
  return workloadIdentityClaims({ ...identified, phase, now: Date.now() });
}

/** Whether the trust policy of the role of HCP Terraform's runs admits a token's claims. */
function isAdmitted(claims: Readonly<Record<string, unknown>>): boolean {
  const place = { accountId: "111111111111", region: "eu-west-1", own: PLAIN };
  const trust = hcpTerraformTrust(place, { hostname: HOST, organization: "example-org", project: "security" });
  const { StringEquals = {}, StringLike = {}, ...others } = trust.Condition ?? {};
  expect(others).toEqual({});
  const claim = (key: string) => String(claims[key.slice(`${HOST}:`.length)]);
  const values = (value: unknown) => [value].flat() as string[];
  return (
    Object.entries(StringEquals).every(([key, value]) => values(value).includes(claim(key))) &&
    Object.entries(StringLike).every(([key, value]) => values(value).some((one) => starMatcher(one)(claim(key))))
  );
}

test("the role of HCP Terraform's runs admits both phases of Trailwatch's workspaces, and no others", () => {
  expect(isAdmitted(claimsOf("trailwatch-log-archive", "plan"))).toBe(true);
  expect(isAdmitted(claimsOf("trailwatch-log-archive", "apply"))).toBe(true);
  expect(isAdmitted(claimsOf("other", "apply"))).toBe(false);
  expect(isAdmitted(claimsOf("trailwatch-log-archive", "apply", "other"))).toBe(false);
  expect(isAdmitted({ ...claimsOf("trailwatch-log-archive", "apply"), aud: "sts.amazonaws.com" })).toBe(false);
});

test("tokens are signed by the published key", () => {
  const signer = new Signer(folder);
  const [head = "", body = "", signature = ""] = signer.token(claimsOf("trailwatch-a", "plan")).split(".");
  const { keys } = signer.keySet() as { keys: Record<string, string>[] };
  const key = createPublicKey({ key: keys[0] ?? {}, format: "jwk" });
  expect(verify("RSA-SHA256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  expect(JSON.parse(Buffer.from(body, "base64url").toString())).toMatchObject({
    ...{ iss: `https://${HOST}`, aud: "aws.workload.identity", terraform_run_phase: "plan" },
    sub: "organization:example-org:project:security:workspace:trailwatch-a:run_phase:plan",
  });
});

test("credentials need a role, and each phase may have its own", () => {
  const use = { file: join(folder, "token"), token: () => "token" };
  const on = { TFC_AWS_PROVIDER_AUTH: "true" };
  expect(awsCredentials({}, "plan", use)).toEqual({});
  expect(() => awsCredentials(on, "plan", use)).toThrow("'TFC_AWS_RUN_ROLE_ARN' must name the role");
  const roles = { ...on, TFC_AWS_RUN_ROLE_ARN: "run", TFC_AWS_PLAN_ROLE_ARN: "plan" };
  expect(awsCredentials(roles, "plan", use)).toMatchObject({ AWS_ROLE_ARN: "plan" });
  expect(awsCredentials(roles, "apply", use)).toMatchObject({ AWS_ROLE_ARN: "run" });
});
