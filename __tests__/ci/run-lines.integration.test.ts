import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOrganization } from "../../bench/support/generated-organization";
import { packageFile } from "../../lib/support/package-file";
import { LINES_WITH_TERRAFORM } from "./lines-with-terraform";
import { ScratchClone } from "./scratch-clone";
import { steps } from "./workflows";

// Every `run:` of the workflows is run, in a copy of this repository: those that need no AWS here, the others in
// e2e/workflows.test.ts. Syntheses and the commands of trailwatch are the real ones. Stand-ins are GitHub's CLI,
// Terraform, and npm where it would install packages or run these very tests.

const DEPLOYMENT = `packs: { management: [guard], log-archive: [], member: [] }
deploymentRole: trailwatch-deploy
deployment:
  account: log-archive
  github: { repository: acme/watch, ownerId: 1, repositoryId: 2 }
`;

const accounts = mkdtempSync(join(tmpdir(), "trailwatch-ci-accounts-"));
writeOrganization(accounts, 2);
appendFileSync(join(accounts, "organization.yaml"), DEPLOYMENT);
const clone = new ScratchClone(accounts);
afterAll(() => {
  clone.remove();
  rmSync(accounts, { recursive: true });
});

test("a pull request is tested: types, lint, tests, and a reproducible synthesis", async () => {
  for (const name of ["Types", "Lint", "Synthesize twice, byte for byte", "Tests"]) {
    expect(await clone.run(`pull-request.yml: test: ${name}`)).toMatchObject({ code: 0 });
  }
  expect(await clone.run("prepare: 2")).toMatchObject({ code: 0 });
  expect(clone.read(".stubs/npm-calls")).toBe("run typecheck\nrun lint\ntest\nci --no-audit --no-fund\n");
});

test("one comment is made, then updated in place", async () => {
  const comment = (found: string) =>
    clone.run("pull-request.yml: comment: Create or update the comment", { STUB_GH_COMMENT: found });
  expect([(await comment("")).code, (await comment("42\n")).code]).toEqual([0, 0]);
  expect(
    clone
      .read(".stubs/gh-calls")
      .split("\n")
      .filter((call) => call.includes("--method")),
  ).toEqual([
    "api --method POST repos/acme/watch/issues/7/comments --field body=@review/comment.md --silent",
    "api --method PATCH repos/acme/watch/issues/comments/42 --field body=@review/comment.md --silent",
  ]);
});

test("the first deployment of the main branch deploys all stacks in waves, except CI's own roles", async () => {
  expect(await clone.run("deploy.yml: changes: Stacks, in waves", { STUB_GH_SINCE: "" })).toMatchObject({ code: 0 });
  const stacks = waves().map(({ include }) => include.map(({ stack }) => stack));
  expect(stacks[0]).toContain("log-archive");
  expect(stacks[2]).toEqual(["monitoring-management"]);
  expect(stacks.flat().filter((stack) => stack.startsWith("deployment-roles-"))).toEqual([]);
});

test("a plan that differs from the approved one is not applied", async () => {
  clone.write("approved/actions.txt", "monitoring-management/plan.log:  # aws_kms_key.key will be destroyed\n");
  const again = await clone.run("wave.yml: apply: Plan again and compare with the approved plan", {
    STACKS: "monitoring-management",
  });
  expect(again).toMatchObject({ code: 1 });
  expect(clone.read("actions.txt")).toContain("updated in-place");
});

test("each night all stacks are planned", async () => {
  expect(await clone.run("nightly.yml: stacks: All stacks, in at most twenty jobs a wave")).toMatchObject({ code: 0 });
  const { include } = JSON.parse(lastOutput("matrix")) as Wave;
  expect(include.map(({ stack }) => stack)).toEqual(
    expect.arrayContaining(["log-archive", "deployment-roles-management"]),
  );
});

test("a release is published if its tag is the version, with a changelog and a record", async () => {
  const { version } = packageFile();
  const check = (tag: string) =>
    clone.run("release.yml: pack: Compare tag, version, changelog and record", { GITHUB_REF_NAME: tag });
  expect(await check(`v${version}`)).toMatchObject({ code: 0 });
  const other = await check("v0.0.9");
  expect(other).toMatchObject({ code: 1 });
  expect(other.output).toBe(`The tag must be v${version}, as in package.json, got 'v0.0.9'.\n`);
  for (const name of ["pack: Test", "pack: Pack", "publish: Publish"]) {
    expect(await clone.run(`release.yml: ${name}`)).toMatchObject({ code: 0 });
  }
  expect(clone.read(".stubs/npm-calls")).toContain("pack --pack-destination packed\npublish packed/");
});

test("the tests run every line of the workflows", () => {
  const lines = steps.filter(([, { run }]) => run !== undefined).map(([name]) => name);
  expect([...new Set([...clone.ran, ...LINES_WITH_TERRAFORM])].sort()).toEqual([...lines].sort());
});

interface Wave {
  readonly include: readonly { readonly stack: string }[];
}

/** The value that a step gave last to GitHub under a name. */
function lastOutput(name: string): string {
  const lines = clone.read(".stubs/output").trim().split("\n");
  return (
    lines
      .filter((line) => line.startsWith(`${name}=`))
      .at(-1)
      ?.slice(name.length + 1) ?? ""
  );
}

const waves = () => JSON.parse(lastOutput("waves")) as readonly Wave[];
