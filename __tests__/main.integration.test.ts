/** @jest-environment-options {"modules": "own"} */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Cdktf from "cdktf";
import { Lazy, TerraformResource, TerraformStack } from "cdktf";
import type * as Main from "../main";
import { buildApp, synthesizeStacks } from "../main";
import { TfeProvider } from "../modules/hcp-terraform/tfe";
import { stackIds } from "../stacks/stack-plan";
import { POLICY_LIMITS } from "../modules/policy-document";
import { loadOrganization } from "../organization/load";
import { testOrganization } from "./support/organization";
import { addressesOf, synthApp, testApp, type Arguments, type StackJson } from "./support/synth";

// The really synthesized app of the shipped accounts: what holds for it holds for what a user deploys.
const shipped = loadOrganization("accounts");
const app = buildApp(shipped, testApp());
const stacks = synthApp(app);
const everyStack = Object.entries(stacks);

test("the shipped accounts are synthesized to these stacks", () => {
  expect(Object.keys(stacks).sort()).toEqual([
    "alert-hub",
    "log-archive",
    "monitoring-log-archive",
    "monitoring-management",
    "monitoring-payments",
    "monitoring-workloads-production",
    "organization-trail",
    "state-backend",
  ]);
});

test("every stack has its own state, encrypted and locked", () => {
  const backends = everyStack.map(([, stack]) => stack.terraform.backend.s3 ?? {});
  expect(new Set(backends.map((s3) => s3.key)).size).toBe(backends.length);
  for (const s3 of backends) expect(s3).toMatchObject({ encrypt: true, use_lockfile: true });
});

test("no stack has a local backend unless the organization configures one", () => {
  expect(everyStack.flatMap(([, stack]) => Object.keys(stack.terraform.backend))).toEqual(everyStack.map(() => "s3"));

  const local = synthApp(buildApp(testOrganization({ state: { backend: "local" } }), testApp()));
  expect(Object.values(local).map((stack) => Object.keys(stack.terraform.backend))).toEqual(
    Object.values(local).map(() => ["local"]),
  );
  expect(Object.keys(local)).not.toContain("state-backend");
});

test.each(everyStack)("%s has one default provider and deploys to one account only", (id, stack) => {
  const providers = stack.provider.aws ?? [];
  expect(providers.filter((provider) => provider.alias === undefined)).toHaveLength(1);

  const accounts = new Set(providers.map((provider) => JSON.stringify(provider.allowed_account_ids)));
  expect([...accounts]).toEqual([JSON.stringify([accountIdOf(id)])]);
});

test.each(everyStack)(
  "%s asks for providers that are tested, and a Terraform with write-only arguments",
  (_id, stack) => {
    expect(stack.terraform.required_version).toBe(">= 1.11.0");
    expect(stack.terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
    });
  },
);

test("a second synthesis is equal, byte for byte", () => {
  const again = buildApp(loadOrganization("accounts"), testApp());
  again.synth();
  expect(filesBelow(again.outdir)).toEqual(filesBelow(app.outdir));
});

describe("the faster synthesis", () => {
  const outdir = mkdtempSync(join(tmpdir(), "trailwatch-main-"));
  const inSources = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {};
  afterEach(() => {
    Object.defineProperty(Error, "prepareStackTrace", inSources);
    delete process.env.TRAILWATCH_PLAIN_SYNTHESIS;
    rmSync(outdir, { recursive: true, force: true });
  });

  test("writes the same bytes, and can be switched off", () => {
    const placeOf = (token: object): readonly string[] => (token as { creationStack: readonly string[] }).creationStack;
    expect(placeOf(Lazy.anyValue({ produce: () => 1 }) as object)).toEqual([]);

    process.env.TRAILWATCH_PLAIN_SYNTHESIS = "1";
    // cdktf asks where each token was made, and Jest looks each line up in a source map.
    Error.prepareStackTrace = (_error, [frame]) => `Error\n    at ${String(frame?.getFileName())}`;
    jest.isolateModules(() => {
      const cdktf = jest.requireActual<typeof Cdktf>("cdktf");
      const main = jest.requireActual<typeof Main>("../main");
      main.buildApp(shipped, new cdktf.App({ outdir })).synth();
      expect(placeOf(cdktf.Lazy.anyValue({ produce: () => 1 }) as object)).not.toEqual([]);
    });
    expect(filesBelow(outdir)).toEqual(filesBelow(app.outdir));
  });

  test("slices write the same files as one app", () => {
    // More than fit into one slice, and a feed in the last of them that reads the archive's state.
    const accounts = Object.fromEntries(
      Array.from({ length: 30 }, (_, number) => [
        `team-${String(number)}`,
        {
          id: String(500_000_000_000 + number),
          role: "member" as const,
          feed: number % 10 === 9 ? ("account-trail" as const) : ("event-bus" as const),
        },
      ]),
    );
    const organization = testOrganization({
      accounts,
      // The point is which stacks there are, not how many detections.
      packs: { management: ["cis", "guard"], "log-archive": ["guard"], member: ["secrets"] },
      // One stack is about all the others, in whichever slice they are.
      state: { backend: "cloud", organization: "acme", manageWorkspaces: true },
      deploymentRole: "trailwatch-deploy",
      deployment: { account: "log-archive", github: { repository: "acme/watch", ownerId: 1001, repositoryId: 2002 } },
    });
    const whole = buildApp(organization, testApp());
    expect(stackIds(organization).sort()).toEqual(whole.node.children.map(({ node }) => node.id).sort());
    whole.synth();
    const rendered = jest.spyOn(TfeProvider.prototype, "toTerraform");
    synthesizeStacks(organization, outdir);
    expect(filesBelow(outdir)).toEqual(filesBelow(whole.outdir));
    // In each slice, the time would grow with the square of the number of accounts.
    expect(rendered).toHaveBeenCalledTimes(1);
    rendered.mockRestore();
  });
});

describe("TRAILWATCH_STACKS", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-selection-"));
  const outdir = join(folder, "not", "there");
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("every stack has a unique id", () => {
    expect(stackIds(shipped).sort()).toEqual(Object.keys(stacks).sort());
    const local = testOrganization({ state: { backend: "local" } });
    expect(stackIds(local).sort()).toEqual(
      buildApp(local, testApp())
        .node.children.map(({ node }) => node.id)
        .sort(),
    );
  });

  test.each(Object.keys(stacks))("%s is the same when it is selected alone", (id) => {
    synthesizeStacks(shipped, outdir, id);
    const all = filesBelow(app.outdir);
    const written = filesBelow(outdir);
    written.delete("manifest.json");
    expect([...written.keys()]).toContain(`stacks/${id}/cdk.tf.json`);
    for (const [name, text] of written) expect(text).toBe(all.get(name));
  });

  test("dependencies come with what is selected, and the folder has no others", () => {
    const wanted = ["alert-hub", "log-archive", "monitoring-management", "organization-trail"];
    expect(synthesizeStacks(shipped, outdir, "monitoring-man*").sort()).toEqual(wanted);
    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as { stacks: object };
    expect(Object.keys(manifest.stacks)).toEqual(wanted);
    expect(readdirSync(join(outdir, "stacks"))).toEqual(wanted);
  });

  test("a name that matches no stack writes nothing", () => {
    expect(() => {
      synthesizeStacks(shipped, outdir, "monitoring-paymints");
    }).toThrow(
      "'TRAILWATCH_STACKS' must name stacks of the organization, got 'monitoring-paymints'; did you mean 'monitoring-payments'?",
    );
    expect(existsSync(outdir)).toBe(false);
  });
});

test("no stack contains a path of this machine", () => {
  for (const text of filesBelow(app.outdir).values()) expect(text).not.toContain(process.cwd());
});

test.each(everyStack)("%s has a unique address for each resource of the tree", (id, stack) => {
  const tree = app.node.findChild(id).node.findAll();
  // cdktf merges resources whose ids clean up to one address, without a word.
  expect(addressesOf(stack)).toHaveLength(tree.filter((node) => TerraformResource.isTerraformResource(node)).length);
});

test.each(everyStack)("addresses of %s are pinned: a changed address destroys a resource", (_id, stack) => {
  expect(addressesOf(stack)).toMatchSnapshot();
});

test.each(everyStack)(
  "no secret is in %s: values come from ephemeral resources by write-only arguments",
  (_id, stack) => {
    const forbidden = ["secret_string", "secret_binary", "password", "token", "access_key", "secret_key"];
    const used = argumentNames(stack).filter((name) => forbidden.includes(name));
    expect(used).toEqual([]);

    for (const version of Object.values(stack.resource?.aws_secretsmanager_secret_version ?? {})) {
      expect(version.secret_string_wo).toMatch(/ephemeral\.aws_secretsmanager_random_password\.[^.]+\.random_password/);
    }
  },
);

test.each(everyStack)("every policy of %s fits its limit", (_id, stack) => {
  const kinds = {
    aws_s3_bucket_policy: ["policy", POLICY_LIMITS.bucket],
    aws_kms_key: ["policy", POLICY_LIMITS.key],
    aws_sns_topic_policy: ["policy", POLICY_LIMITS.topic],
    aws_cloudwatch_log_resource_policy: ["policy_document", POLICY_LIMITS.logs],
    aws_secretsmanager_secret_policy: ["policy", POLICY_LIMITS.secret],
    aws_iam_role_policy: ["policy", POLICY_LIMITS.role],
    aws_iam_role: ["assume_role_policy", POLICY_LIMITS.trust],
  } as const;
  for (const [type, [argument, limit]] of Object.entries(kinds)) {
    for (const resource of resources(stack, type)) {
      expect(String(resource[argument]).length).toBeGreaterThan(50);
      expect(String(resource[argument]).length).toBeLessThanOrEqual(limit);
    }
  }
});

test("Terraform cannot destroy resources that hold data permanently", () => {
  const stateful = ["aws_s3_bucket", "aws_cloudtrail"];
  const unprotected = ["state-backend", "log-archive", "organization-trail"].flatMap((id) =>
    stateful.flatMap((type) => resources(stackOf(id), type)).filter((resource) => !isProtected(resource)),
  );
  // Results of queries can be had again by asking again.
  expect(unprotected.map(({ bucket }) => bucket)).toEqual(["example-org-trailwatch-archive-athena"]);
  expect(resources(stackOf("log-archive"), "aws_kms_key").every(isProtected)).toBe(true);
  expect(resources(stackOf("organization-trail"), "aws_cloudwatch_log_group").every(isProtected)).toBe(true);
});

test.each(everyStack)("every log group of %s is encrypted and kept for a year", (_id, stack) => {
  for (const group of resources(stack, "aws_cloudwatch_log_group")) {
    expect(group.kms_key_id).toMatch(/aws_kms_key/);
    expect(group.retention_in_days).toBeGreaterThanOrEqual(365);
  }
});

test("an account without detections has no monitoring stack, unless secrets are created there", () => {
  const packs = { management: [], "log-archive": [], member: [] };
  const stacks = synthApp(buildApp(testOrganization({ packs }), testApp()));
  expect(Object.keys(stacks).sort()).toEqual([
    "log-archive",
    "monitoring-workloads",
    "organization-trail",
    "state-backend",
  ]);
  expect(Object.keys(stacks["monitoring-workloads"]?.resource ?? {})).toContain("aws_secretsmanager_secret");
  expect(Object.keys(stacks["monitoring-workloads"]?.resource ?? {})).not.toContain("aws_cloudwatch_metric_alarm");
});

test("the stack of a member with the default feed depends on the alert hub only", () => {
  const dependencies = new Map(
    app.node.children.flatMap((node) =>
      TerraformStack.isStack(node)
        ? [[node.node.id, node.dependencies.map((dependency) => dependency.node.id)] as const]
        : [],
    ),
  );
  expect(dependencies.get("monitoring-workloads-production")).toEqual(["alert-hub"]);
  expect(dependencies.get("monitoring-management")).toEqual(["organization-trail", "alert-hub"]);
  expect(dependencies.get("monitoring-payments")).toEqual(["alert-hub", "log-archive"]);
  expect(dependencies.get("organization-trail")).toEqual(["log-archive"]);
});

function stackOf(id: string): StackJson {
  const stack = stacks[id];
  if (stack === undefined) throw new Error(`no stack '${id}'`);
  return stack;
}

function accountIdOf(stackId: string): string | undefined {
  const owners: Record<string, string> = {
    "alert-hub": "log-archive",
    "state-backend": "log-archive",
    "organization-trail": "management",
  };
  const name = owners[stackId] ?? stackId.replace(/^monitoring-/, "");
  return shipped.accounts.find((account) => account.name === name)?.id;
}

function resources(stack: StackJson, type: string): Arguments[] {
  return Object.values(stack.resource?.[type] ?? {});
}

function isProtected(resource: Arguments): boolean {
  return (resource.lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy === true;
}

/** Names of all arguments at any depth. */
function argumentNames(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(argumentNames)];
}

function filesBelow(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
