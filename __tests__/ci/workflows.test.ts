import { existsSync, readFileSync } from "node:fs";
import { ENTRY_SESSION_SECONDS } from "../../modules/deployment-roles/entry-trust";
import { WORKFLOWS, jobs, steps, workflows, type Step } from "./workflows";

const CREDENTIALS = "aws-actions/configure-aws-credentials@";
const PUBLISH = "npm publish ";
const own = jobs.filter(([, job]) => job.uses === undefined);
const pulled = steps.filter(([, step]) => step.uses !== undefined && !step.uses.startsWith("./"));

test("the tests read every workflow", () => {
  const files = ["deploy.yml", "nightly.yml", "pull-request.yml", "release.yml", "wave.yml"];
  expect(Object.keys(workflows).sort()).toEqual(files);
  expect([own.length, pulled.length > 15]).toEqual([11, true]);
});

test.each(pulled)("%s pins its action by commit, with the version in a comment", (_name, step) => {
  expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  const files = [...Object.keys(workflows).map((file) => `${WORKFLOWS}/${file}`), ".github/actions/prepare/action.yml"];
  const lines = files
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .filter((line) => line.includes(step.uses ?? ""));
  for (const line of lines) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
});

test("an action is pinned to one commit everywhere", () => {
  const commits = new Map(pulled.map(([, { uses = "" }]) => [uses.split("@")[0], new Set<string>()]));
  for (const [, { uses = "" }] of pulled) commits.get(uses.split("@")[0])?.add(uses);
  expect([...commits.values()].map(({ size }) => size)).toEqual([...commits.keys()].map(() => 1));
});

test.each(own)("%s has explicit permissions and a timeout", (_name, job) => {
  expect(Object.keys(job.permissions ?? {})).not.toEqual([]);
  expect(job["timeout-minutes"]).toBeLessThanOrEqual(180);
});

test.each(Object.entries(workflows))(
  "%s gives no permission to all its jobs, and no fork a token",
  (_name, { on, permissions }) => {
    expect(permissions).toEqual({});
    expect(Object.keys(on)).not.toContain("pull_request_target");
    expect(Object.keys(on)).not.toContain("workflow_run");
  },
);

test.each(steps.filter(([, { run }]) => run !== undefined))(
  "%s puts nothing into its shell that others write",
  (_name, { run }) => {
    expect(run).not.toContain("${{");
  },
);

test.each(own)("%s gets an identity token only if it uses AWS or publishes", (_name, job) => {
  const uses = ({ uses: action = "", run = "" }: Step) => action.startsWith(CREDENTIALS) || run.startsWith(PUBLISH);
  expect(job.permissions?.["id-token"]).toBe((job.steps ?? []).some(uses) ? "write" : undefined);
});

test("the job that publishes runs nothing but npm, with an environment, for a tag only", () => {
  const publishing = own.filter(([, { steps: all = [] }]) => all.some(({ run = "" }) => run.startsWith(PUBLISH)));
  expect(publishing.map(([name, { environment }]) => [name, environment])).toEqual([["release.yml: publish", "npm"]]);
  const [step, ...others] = (publishing[0]?.[1].steps ?? []).filter(({ run }) => run !== undefined);
  expect([step?.run, others]).toEqual([expect.stringContaining("--provenance --access public --ignore-scripts"), []]);
  expect(publishing[0]?.[1].steps?.some(({ uses = "" }) => uses.startsWith("actions/checkout@"))).toBe(false);
  expect(workflows["release.yml"]?.on).toEqual({ push: { tags: ["v*"] } });
});

test("credentials last as long as their job, within the role's maximum", () => {
  for (const [name, { steps = [], "timeout-minutes": minutes = 360 }] of own) {
    for (const step of steps.filter(({ uses = "" }) => uses.startsWith(CREDENTIALS))) {
      // An hour, unless the step requests more.
      const seconds = Number(step.with?.["role-duration-seconds"] ?? 3600);
      expect([name, seconds >= minutes * 60, seconds <= ENTRY_SESSION_SECONDS]).toEqual([name, true, true]);
    }
  }
});

test("a job that may write to a pull request runs none of its code, and does not use AWS", () => {
  const writers = own.filter(([, { permissions = {} }]) =>
    Object.entries(permissions).some(([scope, access]) => access === "write" && scope !== "id-token"),
  );
  expect(writers.map(([name]) => name)).toEqual(["pull-request.yml: comment"]);
  const checkouts = writers[0]?.[1].steps?.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
  expect(checkouts?.map((step) => step.with?.ref)).toEqual(["${{ github.event.pull_request.base.sha }}"]);
});

test("packages are installed without running their scripts", () => {
  const installs = steps.filter(([, { run = "" }]) => /npm (ci|install)/.test(run));
  expect(installs.map(([name, { env }]) => [name, env])).toEqual([
    ["prepare: 2", { npm_config_ignore_scripts: "true" }],
  ]);
});

test("no checkout persists its token", () => {
  const checkouts = steps.filter(([, { uses = "" }]) => uses.startsWith("actions/checkout@"));
  expect(checkouts.map(([, step]) => step.with?.["persist-credentials"])).toEqual(checkouts.map(() => false));
});

test("a pull request's plan reads no secret and takes no lock, as its role does not permit it", () => {
  const plans = steps.filter(([, { env }]) => env?.["TRAILWATCH_ACCESS"] === "plan");
  expect(plans.map(([name, { env }]) => [name, env?.["TF_CLI_ARGS_plan"]])).toEqual([
    ["pull-request.yml: review: Plan the changed stacks", "-refresh=false -lock=false"],
  ]);
});

test("stacks that administrators deploy are excluded from the waves", () => {
  const excepted = [...readFileSync("scripts/ci/waves.sh", "utf8").matchAll(/--except '?([\w*-]+)/g)];
  expect(excepted.map(([, stack]) => stack)).toEqual(["deployment-roles-*", "state-backend"]);
});

describe("the job that applies", () => {
  const applying = own.filter(([, job]) => job.steps?.some(({ run = "" }) => run.includes("ci/apply.sh")));

  test("is one job with an environment, runs once per state, and is never cancelled", () => {
    expect(applying.map(([name]) => name)).toEqual(["wave.yml: apply"]);
    expect(applying[0]?.[1]).toMatchObject({
      environment: "production",
      concurrency: { group: "trailwatch-state-${{ matrix.name }}", "cancel-in-progress": false },
      strategy: { "max-parallel": 10, "fail-fast": false },
    });
  });

  test("is the only one with the role that deploys", () => {
    const withRole = own.filter(([, { steps }]) => JSON.stringify(steps ?? []).includes("TRAILWATCH_APPLY_ROLE"));
    expect(withRole.map(([name]) => name)).toEqual(["wave.yml: apply"]);
  });

  test("compares the plan with the approved plan before it applies", () => {
    const runs = applying[0]?.[1].steps?.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs).toEqual([
      "bash scripts/ci/plan.sh && diff approved/actions.txt actions.txt",
      "bash scripts/ci/apply.sh",
    ]);
  });

  test("no plan leaves its machine: artifacts are lists of actions, the comment, and the package", () => {
    const paths = steps.flatMap(([, { uses = "", with: input }]) =>
      uses.startsWith("actions/upload-artifact@") ? [input?.path] : [],
    );
    expect(paths).toEqual(["review/comment.md", "packed", "actions.txt"]);
  });
});

test("waves run one after another, as many as the script allows", () => {
  const waves = Object.entries(workflows["deploy.yml"]?.jobs ?? {}).filter(([, job]) => job.uses !== undefined);
  expect(waves.map(([name]) => name)).toEqual(waves.map((_wave, index) => `wave-${index + 1}`));
  waves.forEach(([, job], index) => {
    expect(job.needs).toEqual(index === 0 ? ["changes"] : ["changes", `wave-${index}`]);
    expect(JSON.stringify(job)).toContain(`.waves)[${index}] != null`);
    expect(JSON.stringify(job)).toContain(`.waves)[${index}]) }}`);
  });
  expect(readFileSync("scripts/ci/waves.sh", "utf8")).toContain(`most=${waves.length} `);
});

test("every script that is run exists", () => {
  const scripts = steps.flatMap(([, { run = "" }]) =>
    [...run.matchAll(/scripts\/ci\/[\w-]+\.sh/g)].map(([path]) => path),
  );
  expect(new Set(scripts).size).toBeGreaterThan(5);
  for (const script of scripts) expect(existsSync(script)).toBe(true);
});
