import { ScratchClone } from "./scratch-clone";
import { steps } from "./workflows";

// Every `run:` of the workflows is run, in a repository that has one commit more than this one. Syntheses, comparisons and
// the commands of trailwatch are the real ones. Stand-ins are GitHub's CLI, Terraform, and npm where it would install
// packages or run these very tests.

const clone = new ScratchClone();
afterAll(() => {
  clone.remove();
});

const STACKS = { STACKS: "monitoring-log-archive" };
const ACTIONS = "monitoring-log-archive/plan.log:  # aws_kms_key.key will be updated in-place\n";

test("a pull request is tested: types, lint, tests, and a synthesis that is the same twice", () => {
  for (const name of ["Types", "Lint", "Synthesize twice, byte for byte", "Tests"]) {
    expect(clone.run(`pull-request.yml: test: ${name}`)).toMatchObject({ code: 0 });
  }
  expect(clone.run("prepare: 2")).toMatchObject({ code: 0 });
  expect(clone.read(".stubs/npm-calls")).toBe("run typecheck\nrun lint\ntest\nci --no-audit --no-fund\n");
});

test("a pull request that changes one threshold plans one stack, and says what is noticed differently", () => {
  const step = (name: string) => clone.run(`pull-request.yml: review: ${name}`);
  expect(step("Which stacks change, and which detections mean something else")).toMatchObject({ code: 0 });
  expect(step("Plan the changed stacks")).toMatchObject({ code: 0 });
  expect(step("Summarize")).toMatchObject({ code: 0 });

  const comment = clone.read("review/comment.md");
  expect(clone.read(".stubs/summary")).toBe(comment);
  expect(comment).toContain("1 stack changes: 0 to add, 1 to change, **0 to destroy**.");
  expect(comment).toContain("| `monitoring-log-archive` | changes | 0 | 1 | 0 | 0 |");
  expect(comment).toContain("- `denied-call-burst`: `threshold 5 -> 7` in log-archive\n");
});

test("one comment is made, then updated in place", () => {
  const comment = (found: string) =>
    clone.run("pull-request.yml: comment: One comment, updated in place", { STUB_GH_COMMENT: found });
  expect([comment("").code, comment("42\n").code]).toEqual([0, 0]);
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

test("the main branch deploys all that is described when nothing was deployed before, in waves, but not CI's own roles", () => {
  expect(clone.run("deploy.yml: changes: Stacks, in waves", { STUB_GH_SINCE: "" })).toMatchObject({ code: 0 });
  const stacks = waves().map(({ include }) => include.map(({ stack }) => stack));
  expect(stacks[0]).toContain("log-archive");
  expect(stacks[2]).toEqual(["monitoring-management"]);
  expect(stacks.flat().filter((stack) => stack.startsWith("deployment-roles-"))).toEqual([]);
});

test("what was approved is planned again, and applied", () => {
  expect(clone.run("wave.yml: plan: Plan", STACKS)).toMatchObject({ code: 0 });
  expect(clone.read("actions.txt")).toBe(ACTIONS);

  clone.write("approved/actions.txt", ACTIONS);
  expect(clone.run("wave.yml: apply: Plan again, and compare with what was approved", STACKS)).toMatchObject({
    code: 0,
  });
  const applied = clone.run("wave.yml: apply: Apply that plan", STACKS);
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.output).toContain("1 applied");
});

test("what would do something else than was approved is not applied", () => {
  clone.write("approved/actions.txt", ACTIONS.replace("updated in-place", "destroyed"));
  const again = clone.run("wave.yml: apply: Plan again, and compare with what was approved", STACKS);
  expect(again).toMatchObject({ code: 1 });
});

test("each night all stacks are planned, and one that would change fails", () => {
  expect(clone.run("nightly.yml: stacks: All stacks, in at most twenty jobs a wave")).toMatchObject({ code: 0 });
  const { include } = JSON.parse(lastOutput("matrix")) as Wave;
  expect(include.map(({ stack }) => stack)).toEqual(
    expect.arrayContaining(["log-archive", "deployment-roles-management"]),
  );

  expect(clone.run("nightly.yml: drift: Plan", STACKS)).toMatchObject({ code: 0 });
  expect(clone.run("nightly.yml: drift: Nothing must be left to do")).toMatchObject({ code: 1 });
  clone.write("actions.txt", "");
  expect(clone.run("nightly.yml: drift: Nothing must be left to do")).toMatchObject({ code: 0 });
});

test("each night what is deployed is verified, which without credentials proves nothing and says so", () => {
  expect(clone.run("nightly.yml: verify: Synthesize")).toMatchObject({ code: 0 });
  const verified = clone.run("nightly.yml: verify: Verify");
  expect(verified).toMatchObject({ code: 2 });
  expect(verified.output).toContain("AWS does not know who calls");
});

test("no line was left out", () => {
  const lines = steps.filter(([, { run }]) => run !== undefined).map(([name]) => name);
  expect([...clone.ran].sort()).toEqual([...lines].sort());
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
