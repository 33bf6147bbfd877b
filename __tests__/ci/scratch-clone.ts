import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { steps } from "./workflows";

/** Stands in for Terraform: every plan changes one resource, every apply succeeds. */
const TERRAFORM = `#!/usr/bin/env bash
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  plan)
    touch saved.tfplan
    printf '\\n  # aws_kms_key.key will be updated in-place\\n\\nPlan: 0 to add, 1 to change, 0 to destroy.\\n'
    exit 2 ;;
  show) echo '{"resource_changes":[{"address":"aws_kms_key.key","type":"aws_kms_key","change":{"actions":["update"]}}]}' ;;
esac
`;

/** Stands in for GitHub's CLI: writes down what it is asked; the files named in its environment are its answers. */
const GH = `#!/usr/bin/env bash
echo "$*" >> "$STUB_GH_CALLS"
case "$*" in
  "run list"*) printf %s "\${STUB_GH_SINCE:-}" ;;
  *--paginate*) printf %s "\${STUB_GH_COMMENT:-}" ;;
esac
`;

/** Stands in for npm where it would install packages, or run the tests that are running now. */
const NPM = `#!/usr/bin/env bash
echo "$*" >> "$STUB_NPM_CALLS"
if [ "$*" = "run synth" ]; then CDKTF_OUTDIR=cdktf.out exec npx tsx main.ts; fi
`;

/** Two accounts suffice, and synthesize faster. */
const LEFT_OUT = /^(__tests__|docs|bench)\/|^accounts\/(payments|workloads-production)\.yaml$/;

const PROVIDED_BY_GITHUB: Readonly<Record<string, string>> = {
  "github.token": "stand-in",
  "github.event.pull_request.number": "7",
};

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A repository with this project and one commit more, which changes a threshold, where steps of workflows are run. */
export class ScratchClone {
  public readonly folder = mkdtempSync(join(tmpdir(), "trailwatch-ci-"));
  /** Names of the steps that were run. */
  public readonly ran = new Set<string>();
  private readonly stubs = join(this.folder, ".stubs");

  constructor() {
    const files = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], { encoding: "utf8" });
    for (const file of files.split("\0").filter((name) => name !== "" && !LEFT_OUT.test(name))) {
      if (!existsSync(file)) continue;
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(file, join(this.folder, file));
    }
    symlinkSync(join(process.cwd(), "node_modules"), join(this.folder, "node_modules"));
    mkdirSync(this.stubs);
    for (const [name, text] of Object.entries({ terraform: TERRAFORM, gh: GH, npm: NPM })) {
      writeFileSync(join(this.stubs, name), text, { mode: 0o755 });
    }
    writeFileSync(join(this.folder, ".git-exclude"), ".stubs\nnode_modules\n.git-exclude\n");
    this.change("accounts/organization.yaml", /^deploymentRole: .*$/m, DEPLOYMENT);
    this.git("init", "-q");
    this.commit("first");
    this.change("accounts/log-archive.yaml", "threshold: 5", "threshold: 7");
    this.commit("Raise a threshold");
  }

  /** Runs a step of a workflow, as a runner of GitHub does, with the job's environment. */
  public run(name: string, env: Readonly<Record<string, string>> = {}): Ran {
    const step = steps.find(([id]) => id === name)?.[1];
    if (step?.run === undefined) throw new Error(`no step '${name}' that runs something`);
    this.ran.add(name);
    const declared = Object.entries(step.env ?? {}).map(([key, value]) => [key, valueOf(value)]);
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", step.run], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...this.environment(), ...Object.fromEntries(declared), ...env } as NodeJS.ProcessEnv,
    });
    return { code: status, output: `${stdout}${stderr}` };
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  public write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private environment(): Record<string, string | undefined> {
    const { PATH, HOME } = process.env;
    return {
      ...{
        HOME,
        PATH: `${this.stubs}:${PATH ?? ""}`,
        CI: "true",
        TERRAFORM_BINARY_NAME: join(this.stubs, "terraform"),
      },
      GITHUB_OUTPUT: join(this.stubs, "output"),
      GITHUB_STEP_SUMMARY: join(this.stubs, "summary"),
      GITHUB_REPOSITORY: "acme/watch",
      GITHUB_REF_NAME: "main",
      STUB_GH_CALLS: join(this.stubs, "gh-calls"),
      STUB_NPM_CALLS: join(this.stubs, "npm-calls"),
      // No credentials, wherever they would come from.
      ...{ AWS_EC2_METADATA_DISABLED: "true", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", AWS_CONFIG_FILE: "/dev/null" },
    };
  }

  private change(file: string, before: string | RegExp, after: string): void {
    this.write(file, this.read(file).replace(before, after));
  }

  private commit(message: string): void {
    this.git("-c", "core.excludesFile=.git-exclude", "add", "-A");
    this.git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", message);
  }

  private git(...args: string[]): void {
    execFileSync("git", args, { cwd: this.folder });
  }
}

const DEPLOYMENT = `deploymentRole: trailwatch-deploy
deployment:
  account: log-archive
  github: { repository: acme/watch, ownerId: 1, repositoryId: 2 }`;

function valueOf(text: string): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_whole, expression: string) => {
    const value = PROVIDED_BY_GITHUB[expression];
    if (value === undefined) throw new Error(`no stand-in for '${expression}'`);
    return value;
  });
}
