import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { buildApp } from "../../main";
import { jsonSchemas } from "../../organization/schema/json-schemas";
import { loadOrganization } from "../../organization/load";
import { OrganizationError } from "../../organization/validation/problem";
import { readDeployment } from "../../signals/deployment/read-deployment";
import { offlinePlan } from "../support/offline-plan";
import { resourceOf, synthApp, synthModule, testApp, type StackJson } from "../support/synth";
import {
  EXISTING,
  EXISTING_KEYS,
  EXISTING_OF_ACCOUNT,
  FULL_ACCOUNT,
  FULL_ORGANIZATION,
  OTHER_STATES,
} from "./full-organization";
import { leavesOf, patternOf, textsOfSchema, type JsonSchema, type Leaf, type Step } from "./texts";

// Text from accounts/ that Terraform would take for code. An integration test: it runs `terraform plan`.
const folder = mkdtempSync(join(tmpdir(), "trailwatch-user-text-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const secretFile = join(folder, "secret");
writeFileSync(secretFile, "EVALUATED");

const hostile = (mark: number): string =>
  `m${mark}-\${file("${secretFile}")}%{ if true }EVALUATED%{ endif }\${aws:username}$\${$$\${%%{%%%{"'\\ü😀$%$`;

/** A part of such a text: its mark, a file, or what the file has. */
const PART = /m\d+-|file\(|EVALUATED/;

interface Files {
  readonly organization: unknown;
  readonly account: unknown;
}
const FILES: Files = { organization: FULL_ORGANIZATION, account: FULL_ACCOUNT };

/** A copy in which that text is another. */
function changed(value: unknown, { path: [step, ...rest], isKey }: Leaf, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) => (index === step ? changed(part, { path: rest, isKey }, text) : part));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([key, part]: [string, unknown]) => {
      if (key !== step) return [key, part];
      return isKey && rest.length === 0 ? [text, part] : [key, changed(part, { path: rest, isKey }, text)];
    }),
  );
}

const textAt = (value: unknown, { path, isKey }: Leaf): string =>
  isKey ? String(path.at(-1)) : String(path.reduce((part, step) => (part as Record<Step, unknown>)[step], value));

/** JSON is YAML. */
function write({ organization, account }: Files): string {
  const accounts = mkdtempSync(join(folder, "accounts-"));
  const files = {
    "organization.yaml": organization,
    "workloads.yaml": account,
    "management.yaml": { name: "management", id: "111111111111", role: "management" },
    "log-archive.yaml": { name: "log-archive", id: "222222222222", role: "log-archive" },
  };
  for (const [name, data] of Object.entries(files)) writeFileSync(join(accounts, name), JSON.stringify(data));
  return accounts;
}

function complaintOf(files: Files): string | undefined {
  const accounts = write(files);
  try {
    loadOrganization(accounts);
    return undefined;
  } catch (error) {
    if (!(error instanceof OrganizationError)) throw error;
    return error.message;
  } finally {
    rmSync(accounts, { recursive: true });
  }
}

const pathOf = (path: readonly Step[]): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);

/** The texts of both files, and what becomes of a hostile one in their place. */
const FIELDS = (["organization", "account"] as const).flatMap((file) =>
  leavesOf(FILES[file]).map((leaf) => ({ file, leaf })),
);
const TRIED = FIELDS.map(({ file, leaf }, mark) => {
  const complaints = [hostile(mark), `${textAt(FILES[file], leaf)}${hostile(mark)}`].map((text) => {
    const data = changed(FILES[file], leaf, text);
    return { text, complaint: complaintOf({ ...FILES, [file]: data }) };
  });
  const taken = complaints.find(({ complaint }) => complaint === undefined)?.text;
  return { file, leaf, taken, complaint: complaints[0]?.complaint };
});

test("every text setting of both schemas is tested", () => {
  const known = [FULL_ORGANIZATION, EXISTING, EXISTING_KEYS, ...OTHER_STATES.map((state) => ({ state }))].flatMap(
    (data) => leavesOf(data),
  );
  const tried = { organization: known, account: [FULL_ACCOUNT, EXISTING_OF_ACCOUNT].flatMap((data) => leavesOf(data)) };
  for (const [file, leaves] of Object.entries(tried)) {
    const patterns = new Set(leaves.map(({ path }) => patternOf(path)));
    const schema = JSON.parse(jsonSchemas()[`${file}.schema.json`] ?? "") as JsonSchema;
    expect([...textsOfSchema(schema)].filter((pattern) => !patterns.has(pattern))).toEqual([]);
  }
});

test("an invalid value is reported at its setting", () => {
  const rejected = TRIED.filter(({ taken }) => taken === undefined);
  expect(rejected.length).toBeGreaterThan(30);
  const unclear = rejected.filter(({ leaf, complaint }) => {
    const whole = pathOf(leaf.path);
    const named = leaf.isKey ? pathOf(leaf.path.slice(0, -1)) : whole;
    return !complaint?.includes(`'${named}`) || !complaint.includes("must");
  });
  expect(unclear).toEqual([]);
});

test("no text of an existing trail, archive or topic is taken that Terraform would evaluate", () => {
  const whole = { ...FULL_ORGANIZATION, ...EXISTING };
  expect(complaintOf({ ...FILES, organization: whole })).toBeUndefined();
  const texts = leavesOf(EXISTING).filter(({ isKey }) => !isKey);
  expect(texts.length).toBeGreaterThan(7);
  for (const [mark, leaf] of texts.entries()) {
    const complaint = complaintOf({ ...FILES, organization: changed(whole, leaf, hostile(mark)) });
    expect(complaint).toContain(`'${pathOf(leaf.path)}' must`);
  }
});

test("the markers of references in the synthesis are rejected, in keys too", () => {
  const tags = { ["${TfToken[TOKEN.0]}"]: "x", owner: "${TfToken[TOKEN.1]}", number: "-1.8881545897087626e+289" };
  const complaint = complaintOf({ ...FILES, organization: { ...FULL_ORGANIZATION, tags } });
  expect(complaint?.match(/must not hold 'TfToken\['/g)).toHaveLength(3);
});

/** What decides or explains within Trailwatch, and reaches no resource. */
const NOT_DEPLOYED = ["accountRules.[].ou", "detections.*.ignore.[].reason", "organizationalUnit"];

/**
 * With a description of the details' machine that only the deployment completes: otherwise Terraform's provider has AWS
 * validate it when it plans. It has no text of users.
 */
function unvalidated(stacks: Readonly<Record<string, StackJson>>): Record<string, StackJson> {
  const text = JSON.stringify(stacks, (key, value: unknown) =>
    key.startsWith("details_") && typeof value === "object" && value !== null && "definition" in value
      ? { ...value, definition: "${aws_iam_role.details_role_FB4790CC.arn}" }
      : value,
  );
  return JSON.parse(text) as Record<string, StackJson>;
}

/**
 * Without resources that have no part of a hostile text, unless others refer to them: there is nothing to evaluate in
 * them, and they, such as the saved queries, would take half of the time of the plan.
 */
function withHostileText({ resource: all = {}, ...stack }: StackJson): StackJson {
  const texts = new Map<string, string>(
    Object.entries(all).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, values]) => [`${type}.${id}`, JSON.stringify(values)]),
    ),
  );
  const kept = new Set<string>();
  const keep = (address: string): void => {
    const text = texts.get(address);
    if (text === undefined || kept.has(address)) return;
    kept.add(address);
    for (const [other] of text.matchAll(/\b[a-z_]+\.[\w-]+/g)) keep(other);
  };
  for (const [address, text] of texts) if (PART.test(text)) keep(address);
  const resource = Object.fromEntries(
    Object.entries(all).flatMap(([type, blocks]) => {
      const left = Object.entries(blocks).filter(([id]) => kept.has(`${type}.${id}`));
      return left.length === 0 ? [] : [[type, Object.fromEntries(left)] as const];
    }),
  );
  return kept.size === 0 ? stack : { ...stack, resource };
}

describe("terraform plan", () => {
  // Keys last, as they are in the paths of what is below them.
  const taken = TRIED.filter(({ taken }) => taken !== undefined).sort(
    (one, other) => Number(one.leaf.isKey) - Number(other.leaf.isKey),
  );
  const files = taken.reduce<Files>(
    (all, { file, leaf, taken = "" }) => ({ ...all, [file]: changed(all[file], leaf, taken) }),
    FILES,
  );

  test("shows exactly the text of each setting", () => {
    const organization = loadOrganization(write({ ...files }));
    const app = buildApp(organization, testApp());
    const stacks = Object.entries(unvalidated(synthApp(app))).map(
      ([id, stack]) => [id, withHostileText(stack)] as const,
    );
    const planned = [...textsIn(offlinePlan(Object.fromEntries(stacks), folder))];
    expect(planned.filter((text) => text.includes("EVALUATED") && !text.includes("%{ if true }EVALUATED"))).toEqual([]);
    const missing = taken
      .filter(({ taken = "" }) => !encodings(taken).some((encoded) => planned.some((text) => text.includes(encoded))))
      .map(({ leaf }) => patternOf(leaf.path));
    expect([...new Set(missing)].sort()).toEqual(NOT_DEPLOYED);
    // What replay evaluates is what AWS gets.
    const deployment = readDeployment(app.outdir);
    expect(deployment.warnings).toEqual([]);
    const { taken: ignored = "" } = taken.find(({ leaf }) => leaf.path.at(-1) === "equals") ?? {};
    const patterns = [...textsIn(deployment.accounts)];
    expect(patterns.filter((text) => text.includes(JSON.stringify(ignored)))).not.toEqual([]);
  });
});

test.each([
  ["text alone", () => "a${b}%{c}$${d}%%{e}", "a$${b}%%{c}$$${d}%%%{e}"],
  ["text before a reference", (arn: string) => `a\${b}-${arn}`, "a$${b}-${aws_sns_topic.other.arn}"],
  ["text that does not end before a reference", (arn: string) => `a\${b-${arn}`, "a$${b-${aws_sns_topic.other.arn}"],
  ["text after a reference", (arn: string) => `${arn}\${b}%{c}`, "${aws_sns_topic.other.arn}$${b}%%{c}"],
  ["dollars before a reference", (arn: string) => `$$${arn}`, '${"$$"}${aws_sns_topic.other.arn}'],
])("%s is written as such", (_what, textOf, written) => {
  const stack = synthModule((scope: TerraformStack) => {
    const other = new SnsTopic(scope, "other", { name: "other" });
    new SnsTopic(scope, "topic", { name: "x", displayName: textOf(other.arn), tags: { [textOf("")]: textOf("") } });
  });
  const topic = resourceOf(stack, "aws_sns_topic", { name: "x" });
  expect(topic["display_name"]).toBe(written);
  const tag = written.replace("${aws_sns_topic.other.arn}", "").replace('${"$$"}', () => "$$");
  expect(topic["tags"]).toEqual({ [tag]: tag });
});

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield key;
    yield* textsIn(part);
  }
}

/** A text as it may stand in a value: as it is, in JSON, in a filter pattern, or in JSON within JSON. */
function encodings(text: string, depth = 0): string[] {
  if (depth > 3) return [];
  const json = JSON.stringify(text).slice(1, -1);
  return [text, ...encodings(json, depth + 1)];
}
