import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing, TerraformStack, type App } from "cdktf";
import { appFor } from "../../modules/escape-hatches";
import { writeTextAsText } from "../../modules/user-text";
import { makeSynthesisFaster } from "../../stacks/synthesis/faster-synthesis";

/** Arguments of a block, in Terraform's own (snake_case) spelling. */
export type Arguments = Readonly<Record<string, unknown>>;

type Blocks = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** The `cdk.tf.json` of a stack. */
export interface StackJson {
  readonly terraform: {
    readonly backend: Readonly<Record<string, Arguments>>;
    readonly required_providers: Readonly<Record<string, Arguments>>;
    readonly required_version?: string;
  };
  readonly provider: Readonly<Record<string, readonly Arguments[]>>;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly output?: Readonly<Record<string, Arguments>>;
}

/** A policy as it was written; a statement that has no principal is one of an identity policy. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

writeTextAsText();
makeSynthesisFaster();

const root = mkdtempSync(join(tmpdir(), "trailwatch-synth-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

// Snapshots show policies as the JSON that AWS gets, keys in their order.
expect.addSnapshotSerializer({
  test: (value: unknown) => typeof value === "object" && value !== null && "Version" in value && "Statement" in value,
  serialize: (value: unknown) => JSON.stringify(value, null, 2),
});

/** An app that writes to a folder of its own, which goes when the tests of the file have run. */
export function testApp(): App {
  return appFor(mkdtempSync(join(root, "out-")));
}

/** Synthesizes an app as the CLI does, validations, annotations and cross-stack references included. */
export function synthApp(app: App): Record<string, StackJson> {
  app.synth();
  const manifest = readJson(join(app.outdir, "manifest.json")) as {
    readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
  };
  return Object.fromEntries(
    Object.entries(manifest.stacks).map(([id, { synthesizedStackPath }]) => [
      id,
      readJson(join(app.outdir, synthesizedStackPath)) as StackJson,
    ]),
  );
}

/** What `Testing.synthScope` does, without the folder that it leaves behind. */
export function synthModule(build: (scope: TerraformStack) => void): StackJson {
  const stack = new TerraformStack(appFor(root), "stack");
  build(stack);
  return JSON.parse(Testing.synth(stack)) as StackJson;
}

/** Addresses of all resources, sorted. */
export function addressesOf(stack: StackJson): string[] {
  return Object.entries(stack.resource ?? {})
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
    .sort();
}

/** How many resources there are of each type. */
export function countsOf(stack: StackJson): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stack.resource ?? {}).map(([type, blocks]) => [type, Object.keys(blocks).length]),
  );
}

/** Arguments of all resources of a type, none included. */
export function resourcesOf(stack: StackJson, type: string): Arguments[] {
  return Object.values(stack.resource?.[type] ?? {});
}

/** Arguments of the only resource of a type that has the given arguments. */
export function resourceOf(stack: StackJson, type: string, having: Arguments = {}): Arguments {
  const found = resourcesOf(stack, type).filter((resource) =>
    Object.entries(having).every(([argument, value]) => resource[argument] === value),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`expected one ${type} with ${JSON.stringify(having)}, found ${found.length}`);
  }
  return only;
}

/** The policy in an argument; parsed, so that snapshots of it can be read. */
export function policyOf(resource: Arguments, argument = "policy"): Policy {
  const text = resource[argument];
  if (typeof text !== "string") throw new Error(`expected a policy in '${argument}', found ${typeof text}`);
  return JSON.parse(text) as Policy;
}

/** The statement of that name. */
export function statementOf(policy: Policy, sid: string): Statement {
  return named(Object.fromEntries(policy.Statement.map((statement) => [statement.Sid, statement])), sid);
}

/** The thing of that name; the error says which there are. */
export function named<T>(things: Readonly<Record<string, T>>, name: string): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`expected '${name}', found ${Object.keys(things).join(", ")}`);
  return thing;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
