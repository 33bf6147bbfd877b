import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cutsOf, type Cut } from "../../blindspots/cuts";
import { readResources } from "../../blindspots/path-resource";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-path-resource-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const ACCOUNT = "111111111111";
const RULE: Cut = { part: "rule", account: ACCOUNT, region: "eu-west-1", name: "trailwatch" };
const TRAIL: Cut = { part: "trail", account: ACCOUNT, name: "trailwatch-organization" };
const rule = { aws_cloudwatch_event_rule: { rule: { name: "trailwatch", event_pattern: "{}" } } };

function write(stacks: Readonly<Record<string, Resources>>): string {
  const path = mkdtempSync(join(folder, "stacks-"));
  for (const [name, resource] of Object.entries(stacks)) {
    const file = join(path, name, "cdk.tf.json");
    mkdirSync(dirname(file), { recursive: true });
    const provider = { aws: [{ region: "eu-west-1", allowed_account_ids: [ACCOUNT] }] };
    writeFileSync(file, JSON.stringify({ provider, resource }));
  }
  return path;
}

function cutsAt(path: string, address: string): readonly Cut[] {
  const [found] = readResources(path).filter((resource) => resource.address === address);
  if (found === undefined) throw new Error(`${address} must exist`);
  return cutsOf(found);
}

test("a role cuts what it delivers, whether referred to by address, within a function or by ARN", () => {
  const cuts = (roleArn: string): readonly Cut[] =>
    cutsAt(
      write({
        one: {
          ...rule,
          aws_iam_role: { deliver: { name: "trailwatch-deliver" } },
          aws_cloudwatch_event_target: { target: { rule: "trailwatch", role_arn: roleArn } },
        },
      }),
      "aws_iam_role.deliver",
    );
  expect(cuts("${aws_iam_role.deliver.arn}")).toEqual([RULE]);
  expect(cuts("${coalesce(var.x, aws_iam_role.deliver.arn)}")).toEqual([RULE]);
  expect(cuts(`arn:aws:iam::${ACCOUNT}:role/trailwatch-deliver`)).toEqual([RULE]);
  expect(cuts(`arn:aws:iam::${ACCOUNT}:role/trailwatch-deliver-2`)).toEqual([]);
  expect(cuts("arn:aws:iam::222222222222:role/trailwatch-deliver")).toEqual([]);
});

test("a boundary in another stack cuts what its roles do", () => {
  const role = {
    name: "trailwatch-deliver",
    permissions_boundary: `arn:aws:iam::${ACCOUNT}:policy/trailwatch-boundary`,
  };
  const target = { rule: "trailwatch", role_arn: "${aws_iam_role.deliver.arn}" };
  const path = write({
    roles: { aws_iam_policy: { boundary: { name: "trailwatch-boundary" } } },
    monitoring: { ...rule, aws_iam_role: { deliver: role }, aws_cloudwatch_event_target: { target } },
  });
  expect(cutsAt(path, "aws_iam_policy.boundary")).toEqual([RULE]);
});

test("a key cuts what another stack encrypts with it", () => {
  const output = "cross-stack-output-aws_kms_keyarchive_key_0A1Barn";
  const key = `\${data.terraform_remote_state.cross-stack-reference-input-log-archive.outputs.${output}}`;
  const path = write({
    "log-archive": { aws_kms_key: { archive_key_0A1B: {}, other_key_0A1B: {} } },
    organization: { aws_cloudtrail: { trail: { name: "trailwatch-organization", kms_key_id: key } } },
  });
  expect(cutsAt(path, "aws_kms_key.archive_key_0A1B")).toEqual([TRAIL]);
  expect(cutsAt(path, "aws_kms_key.other_key_0A1B")).toEqual([]);
});

test("in the plan of what is deployed, the key's ARN is known and nothing refers to its address", () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d`;
  const resource = (type: string, name: string, values: object): object => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    values,
  });
  const resources = [
    resource("aws_kms_key", "key", { arn }),
    resource("aws_cloudtrail", "trail", { name: "trailwatch-organization", kms_key_id: arn }),
  ];
  const file = join(folder, "plan.json");
  const expressions = { region: { constant_value: "eu-west-1" }, allowed_account_ids: { constant_value: [ACCOUNT] } };
  writeFileSync(
    file,
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { resources } },
      configuration: { provider_config: { aws: { name: "aws", expressions } }, root_module: {} },
    }),
  );
  expect(cutsAt(file, "aws_kms_key.key")).toEqual([TRAIL]);
});
